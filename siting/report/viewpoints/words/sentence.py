"""Titles, remarks and open questions of the viewpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siting.report.viewpoints.table import Question
    from siting.report.viewpoints.words.name import Words
    from siting.text import Language

TITLES: Words = {
    "material": ("観点1 マテリアルフロー分析", "Viewpoint 1: material flow"),
    "economy": ("観点2 経済・金融", "Viewpoint 2: economy and finance"),
    "technology": ("観点3 技術開発", "Viewpoint 3: technology"),
    "logistics": ("観点4 物流", "Viewpoint 4: logistics"),
    "siting": ("観点5 立地・関連インフラ", "Viewpoint 5: siting and infrastructure"),
    "energy": ("観点6 エネルギー", "Viewpoint 6: energy"),
    "data": ("観点7 データ活用", "Viewpoint 7: data"),
    "feedstock": ("観点8 再生材原料の調達", "Viewpoint 8: feedstock"),
    "offtake": ("観点9 供給先の確保・使いこなし", "Viewpoint 9: offtake"),
    "law": ("観点10 法令・制度", "Viewpoint 10: law and institutions"),
    "environment": ("観点11 環境面等の評価方法", "Viewpoint 11: environment"),
    "named_areas": ("国が挙げた対象箇所", "The sites the ministry named"),
    "open_questions": ("この計画だけでは答えられない問い", "What this plan alone cannot answer"),
}

REMARKS: Words = {
    "material": (
        "回収・調達+生産=投入+国内販売+輸出+処分。収支の誤差は最大{open_share}。"
        "上乗せは回収目標の双対価格で、目標がないか罰則額に等しいときは示さない。",
        "Collected + made = processed + sold + exported + disposed; open by {open_share} at most. "
        "The fee is the dual of the collection target; none is shown without a target or where it "
        "equals the penalty.",
    ),
    "economy": (
        "1 t当たりは販売した再生材(同じ率で割引)に対する額。共通費は資源ごとの開設費・輸送費で"
        "按分した。採算は、製品価格が販売収入に対する割合だけ上がるか、回収1 t当たり上乗せを"
        "受け取れば費用と釣り合う水準。雇用は労務の数値の幅({low}〜{high})による直接雇用で、"
        "計画の成果として主張するものではない。短期の価格は、届かない目標があるときは罰則額を含む。",
        "Per tonne means per tonne of recycled material sold, discounted alike. Shared cost is "
        "cut by each resource's opening and transport cost. A resource breaks even if its prices "
        "rise by the share shown, or a collected tonne pays the fee. Jobs are direct ones, within "
        "the range of the labour figures ({low} to {high}); they are no outcome of the search. "
        "Where a target is missed, short-run prices contain the penalty.",
    ),
    "technology": (
        "収率の価値は、主産物(最も売上の大きい製品)の収率が現在の値の1%だけ高まる場合の"
        "増収額で、平均価格×処理量×収率×0.01。"
        "拠点・流れ・価格が変わらない範囲で成り立つ。節約される処分費は含まない。",
        "The worth of yield is what is sold more if the yield of the main product (the one that "
        "sells for most) rises by a hundredth of itself: mean price x throughput x yield x 0.01, "
        "while hubs, flows and prices stay. Disposal saved is not counted.",
    ),
    "logistics": (
        "トンキロは集配のトラックを含む。満載便は積載量の分かる幹線だけを数える。"
        "積替え地点では1 tを1度だけ数える。",
        "Tonne-km include hauls to terminals. Full loads count main carriage whose load is known. "
        "A tonne counts once at each terminal.",
    ),
    "siting": (
        "必要なバースの目安は満載船の入港数(積みと卸しの合計)。1 tは積む港と卸す港の"
        "両方に数える。用地の上限がない拠点の使用率は示さない。",
        "The need for berths shows in the calls of full ships, loading and unloading. A tonne "
        "counts where it is loaded and where it is unloaded. No share is shown for a plot without "
        "a limit.",
    ),
    "energy": (
        "ピークは年間電力を全負荷相当{hours}時間(8時間2交代、300日:独自の仮定)で割った目安で、"
        "{limit} kWを超えると特別高圧の契約になる。排出は電力と熱の分で、"
        "工程からの直接排出は含まない。",
        "Peak is the year's power over {hours} h at full load (two shifts of 8 h on 300 days: our "
        "own assumption); above {limit} kW special high voltage applies. Emissions are those of "
        "power and heat, without direct ones of the process.",
    ),
    "data": (
        "配分の決まり:各費用項目(誰も払わない罰則を除く)は現在価値の絶対値で重みづけ、その項目を作る数値"
        "(全{count}件から項目ごとに選ぶ)を等しく数えて確度で分ける。合計は100 %。"
        "幅は数値ごとの(上限-下限)/2を値で割った平均で、動く額は拠点と流れを固定した1次近似。",
        "The rule: a part of the cost, penalties nobody pays left out, weighs its present value "
        "without sign; the figures that "
        "make it up (chosen from all {count}) count alike and cut it by confidence. Shares sum to "
        "100 %. A range is the mean of (high - low)/2 over the value; the cost moves in "
        "proportion while hubs and flows stay.",
    ),
    "feedstock": (
        "90 %距離は受け入れる量の90 %がその内側から来る距離。重なりは、同じ品目を受け入れる"
        "別の拠点の90 %距離の内で集めている量の割合。",
        "90 % of what a hub receives comes from within the 90 % distance. Overlap is the share of "
        "it that arises within the 90 % distance of another hub that takes the same material.",
    ),
    "offtake": (
        "届く需要は、動く拠点から経路のある受入先の需要の合計。上限のない受入先があるものは"
        "数で示さない。最大の受入先が50 %を超えると供給先が偏っている。",
        "Demand in reach sums the sinks that some running hub has an arc to; where one has no "
        "limit there is no number. A largest buyer above 50 % is a concentration.",
    ),
    "law": (
        "バーゼル手続等の費用は輸入の数値にある1 t当たりの額で、調達費に含まれる。"
        "越境は発生地と拠点の都道府県が異なる廃棄物。費用は1 t当たり{price}円とした場合"
        "({origin})で、流れを固定した1次近似。計画の費用には二重に含めない。",
        "Waste crosses a border if source and hub lie in different prefectures. Consent is priced "
        "at {price} JPY/t ({origin}), flows fixed: first-order. It is not added to the plan's "
        "cost. The cost of Basel consent is the figure's per tonne and part of the purchase.",
    ),
    "environment": (
        "素材代替の控除は代替法により、受入先で1度だけ数える。再生材の利用者は重ねて数えない。"
        "削減費用は炭素価格と罰則を除いた現在価値を期間計の削減量(割引なし)で割ったもの。"
        "大型車は積載量の分かる車両の実車走行。",
        "The credit for displaced material is by substitution, counted once, at the sink; a user "
        "of the material must not count it again. Cost per tonne saved: present value without "
        "carbon price and penalties over tonnes of the horizon, undiscounted. Heavy vehicles: "
        "loaded kilometres of vehicles whose load is known.",
    ),
    "named_areas": (
        "処理量は{last}年と最大の年。年は稼働を始める年。近くの受入先は5 km以内。",
        "Treated in {last} and in the peak year; a hub starts in the year shown. A sink nearby is "
        "within 5 km.",
    ),
    "rest": (
        "期間を問わない表のほかは{last}年の値。全期間は{file}.csvにある。",
        "Values of {last} unless a table says otherwise; all years are in {file}.csv.",
    ),
}

QUOTED: Words = {
    "figure": ("検討の数値による", "a figure of the study"),
    "lever": ("施策L10の基準値、推計", "base of policy lever L10, an estimate"),
}
"""Words that remarks quote."""

QUESTIONS: Words = {
    "pull_back": ("どの価格で漏れる量が戻るか", "which price pulls leaking tonnes back"),
    "no_duals": (
        "短期の価格(この計画には双対価格が付いていない)",
        "short-run prices: this plan carries no duals",
    ),
    "long_run_price": (
        "拠点の数も動く長期の価格",
        "long-run prices, hubs free to change",
    ),
    "indirect_jobs": (
        "間接雇用(都道府県の産業連関表が要る)",
        "indirect jobs: they need prefectural input-output tables",
    ),
    "yield_points": ("収率±5ポイントの価値", "worth of five points of yield either way"),
    "grade": ("製品の等級を上げる価値", "worth of a better grade"),
    "without_port": ("ある港湾が使えないときの損失", "what a port is worth: the loss without it"),
    "hazard": (
        "浸水・津波区域内の能力の割合(区域の図が計画に付いていない)",
        "share of capacity in flood and tsunami zones: the plan carries no zones",
    ),
    "one_lost": ("拠点を1か所失ったときの損失", "the loss if one hub is lost"),
    "renewables": (
        "近くの再生可能電力で賄える割合(計画に発電所がない)",
        "share met by local renewables: the plan knows no power plants",
    ),
    "tariff": ("電力・熱の単価の影響", "effect of power and heat tariffs"),
    "value_of_information": (
        "数値の上下限での最適な計画の幅",
        "range of the best plan over each figure's interval",
    ),
    "supply_risk": (
        "発生量の見通しが外れたときの稼働率",
        "use of the hubs if supply departs from its path",
    ),
    "no_imports": ("輸入が止まったときの損失", "the loss if imports stop"),
    "port_upgrade": ("港湾の機能強化の価値(施策L20)", "worth of port upgrades (lever L20)"),
    "mandate": (
        "再生材の利用義務の影響(施策L06b)",
        "effect of a duty to use recycled material (lever L06b)",
    ),
    "lead_time": (
        "許可の準備期間を縮める価値(施策L09)",
        "worth of a shorter permit lead time (lever L09)",
    ),
    "consent": (
        "県境の事前協議をなくしたときの流れの変化(施策L10、計画は越境の費用を持たない)",
        "how flows change without consent at borders (lever L10): the plan holds no such cost",
    ),
    "basel": ("輸入手続を円滑にする価値(施策L12)", "worth of easier import consent (lever L12)"),
    "front": ("費用と排出の交換比率", "the front of cost against emissions"),
}

RUN: dict[Language, str] = {
    "ja": "{said}: シナリオの計算が要る(siting run {study}.yaml --scenario {name})",
    "en": "{said}: needs a scenario run (siting run {study}.yaml --scenario {name})",
}

COMMAND: dict[Language, str] = {
    "ja": "{said}: 別の計算が要る(siting {command} {study}.yaml)",
    "en": "{said}: needs another run (siting {command} {study}.yaml)",
}


def title(key: str, language: Language) -> str:
    """Return the heading of a section."""
    return TITLES[key][language == "en"]


def remark(key: str, language: Language, values: Mapping[str, str]) -> str:
    """Return the remark below the tables of a viewpoint."""
    quoted = {k: QUOTED[v][language == "en"] if v in QUOTED else v for k, v in values.items()}
    return REMARKS[key][language == "en"].format(**quoted)


def question_text(question: Question, study: str, language: Language) -> str:
    """Return a question, and the run that answers it."""
    said = QUESTIONS[question.key][language == "en"]
    if question.scenario:
        return RUN[language].format(said=said, study=study, name=question.scenario)
    if question.command:
        return COMMAND[language].format(said=said, study=study, command=question.command)
    return said
