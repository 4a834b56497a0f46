"""The sentences of faults: English to Japanese; what stands in braces is taken over."""

EXPECTED: dict[str, str] = {
    "less than or equal to {most}": "{most}以下の値",
    "greater than or equal to {least}": "{least}以上の値",
    "less than {most}": "{most}未満の値",
    "greater than {least}": "{least}より大きい値",
    "integer": "整数",
    "number": "数値",
    "finite number": "有限の数値",
    "boolean": "true または false",
    "string": "文字列",
    "list": "一覧",
    "keys with their values": "キーと値の組",
    "small letters, digits, - and _": "小文字の英字・数字・- と _",
    "letters, digits, - and _": "英字・数字・- と _",
    "one of {names}": "{names} のいずれか",
    "{names} or {last}": "{names} または {last}",
}
"""What a setting was expected to be."""

SENTENCES: dict[str, str] = {
    # the text of a study
    "there is no such study.": "この検討条件ファイルはありません。",
    "Look into configs/.": "configs/ を見てください。",
    "the study is no mapping, expected keys such as study.": (
        "検討条件になっていません。study などのキーを書いてください。"
    ),
    "the file is not UTF-8 here.": "ここは UTF-8 ではありません。",
    "Save it as UTF-8.": "UTF-8 で保存してください。",
    "the character {code} may not stand in YAML.": "文字 {code} は YAML に書けません。",
    "Delete it.": "削除してください。",
    "the quote that opens here is not closed.": "ここで始まる引用符が閉じていません。",
    "could not find expected ':'.": "コロン(:)が見つかりません。",
    "expected ',' or '{closing}', but got '{got}'.": (
        "ここで始まる括弧が閉じていません({closing} が要ります)。"
    ),
    "expected <block end>, but found {found}.": "字下げが前の行とそろっていません。",
    "found character '{character}' that cannot start any token.": (
        "ここに書けない文字 {character} があります。"
    ),
    "Check quotes and indentation.": "引用符と字下げを確かめてください。",
    "Use spaces: a tab may not indent.": "字下げには空白を使ってください(タブは使えません)。",
    "A colon needs a space after it.": "コロンの後には空白が要ります。",
    "'{wide}' is full-width: write '{plain}'.": (
        "「{wide}」は全角です。半角の {plain} にしてください。"
    ),
    "{name} is {code} without quotes, which YAML reads as another number.": (
        "{name} の {code} に引用符がなく、YAML では別の数になります。"
    ),
    "{name} stands twice.": "{name} が2回書かれています。",
    "{name} stands twice, expected once.": "{name} が2回あります。",
    "Drop the copies.": "重複を除いてください。",
    "{name} is no setting.": "{name} という設定はありません。",
    "{name} is missing.": "{name} がありません。",
    "{names} missing.": "{names} がありません。",
    "Add it.": "書き加えてください。",
    "Add them.": "書き加えてください。",
    "columns {names} are missing.": "列 {names} がありません。",
    "columns {names} are missing, expected them.": "列 {names} がありません。",
    "Is '{found}' meant to be '{name}'?": "「{found}」は「{name}」のことですか。",
    # values
    "Did you mean '{name}'?": "「{name}」のことですか。",
    "Did you mean {names}?": "{names} のことですか。",
    "Expected one of {names}.": "次のいずれかです: {names}。",
    "There is none.": "該当するものは一つもありません。",
    'Write it in quotes, such as "{code}".': '引用符で囲み、"{code}" のように書いてください。',
    'Write "{code}" ({place}).': '"{code}"({place})と書いてください。',
    'Write "{code}".': '"{code}" と書いてください。',
    "Write {value}.": "{value} と書いてください。",
    "Its characters are full-width.": "全角文字です。",
    "Its digits are full-width: write '{code}'.": "数字が全角です。'{code}' と書いてください。",
    "It is a pure number: write {value}.": "単位のない数です。{value} と書いてください。",
    "It is counted in {unit}: write the number alone.": (
        "単位は {unit} です。数だけを書いてください。"
    ),
    "It is counted in {unit}: write {value}.": "単位は {unit} です。{value} と書いてください。",
    "A share is no percentage: {percent} % is {share}.": (
        "百分率ではなく割合です。{percent} % は {share} と書きます。"
    ),
    "A comma parts entries here: write numbers without commas between thousands.": (
        "ここではコンマは区切りです。桁区切りのコンマなしで書いてください。"
    ),
    "periods: end must be start plus a whole number of steps.": (
        "periods: end は start に step_years の整数倍を足した年にしてください。"
    ),
    "{name}: lat and lon go together.": "{name}: lat と lon は両方書いてください。",
    "{name}: a site is placed by lat and lon, or municipality, or port, or eco_town, or "
    "case_study_site: one.": (
        "{name}: 候補地の位置は、lat と lon、municipality、port、eco_town、case_study_site の"
        "どれか一つで示してください。"
    ),
    "{name}: lat {lat}, lon {lon} is not in Japan.": (
        "{name}: 緯度(lat) {lat}、経度(lon) {lon} は日本の中にありません。"
    ),
    "They look swapped: lat is 20 to 46, lon 122 to 154.": (
        "緯度と経度が入れ替わっているようです(lat は20〜46、lon は122〜154)。"
    ),
    "{name}: a scenario must change something.": "{name}: シナリオは何かを変える必要があります。",
    "{name} is {given}, expected {expected}.": "{name} は {given} ですが、{expected}が要ります。",
    # names in a study
    "carbon_price is '{name}', which has no rows price_<year>.": (
        "carbon_price の「{name}」には price_<年> の行がありません。"
    ),
    "growth has no scenario for '{name}'.": "growth に「{name}」のシナリオがありません。",
    "Add one.": "書き加えてください。",
    "nothing arises: no technology takes what growth names.": (
        "growth に書かれたものを受け入れる技術がなく、発生するものがありません。"
    ),
    "technologies: {name} stands twice.": "technologies: {name} が2回書かれています。",
    "technology '{name}' is not in technologies.csv, and has no {keys} here.": (
        "技術「{name}」は technologies.csv になく、ここにも {keys} がありません。"
    ),
    "technology '{name}' may run at no site.": "技術「{name}」を置ける候補地がありません。",
    "Give it one.": "候補地を示してください。",
    "{key}: process '{name}' is unknown.": "{key}: 工程「{name}」はありません。",
    "{key} is {name}, but {recipe} takes {inputs}.": (
        "{key} は {name} ですが、{recipe} が受け入れるのは {inputs} です。"
    ),
    "commodity '{name}' is unknown.": "品目「{name}」はありません。",
    "technology '{name}' is unknown.": "技術「{name}」はありません。",
    "process '{name}' is unknown.": "工程「{name}」はありません。",
    "prefecture '{name}' is unknown.": "都道府県「{name}」はありません。",
    "site '{name}' is unknown.": "候補地「{name}」はありません。",
    "site or prefecture '{name}' is unknown.": "候補地または都道府県「{name}」はありません。",
    "import '{name}' is unknown.": "輸入品目「{name}」はありません。",
    "overseas port '{name}' is unknown.": "海外の港「{name}」はありません。",
    "port '{name}' is unknown.": "港「{name}」はありません。",
    "station '{name}' is unknown.": "貨物駅「{name}」はありません。",
    "{kind} '{name}' is ambiguous: {ids}.": "「{name}」は複数あります({ids})。",
    "Give the id.": "id で示してください。",
    "figure '{key}' is unknown.": "数値「{key}」はどの表にもありません。",
    "'{key}' is no figure.": "「{key}」という数値はどの表にもありません。",
    "lever '{name}' is unknown, expected a lever_id of policy_levers.csv.": (
        "政策手段「{name}」は policy_levers.csv の lever_id にありません。"
    ),
    "lever '{name}' ({words}) is not modelled: {reason}.": (
        "政策手段「{name}」({words})はモデルの対象外です: {reason}。"
    ),
    "vehicle '{name}' is unknown, expected one of {names}.": (
        "車両・船舶「{name}」はありません。次のいずれかです: {names}。"
    ),
    "service '{name}' ends where it starts.": "定期便「{name}」の発着地が同じです。",
    "service '{name}' stands twice.": "定期便「{name}」が2回書かれています。",
    "'{name}' is made by no technology of the study.": (
        "「{name}」を作る技術がこの検討にありません。"
    ),
    "no technology of the study takes '{name}'.": "「{name}」を受け入れる技術がありません。",
    "Leave it out.": "除いてください。",
    "{path} is not there.": "{path} がありません。",
    "Correct the name.": "名前を直してください。",
    'municipality "{code}" is in full-width characters.': (
        'municipality の "{code}" は全角文字です。'
    ),
    'municipality "{code}" lost its leading zero.': (
        'municipality の "{code}" は先頭の0が失われています。'
    ),
    'municipality "{code}" is unknown, expected a five-digit JIS code of 2024.': (
        'municipality の "{code}" はありません。2024年の5桁の全国地方公共団体コードを'
        "書いてください。"
    ),
    "site id '{name}' is taken.": "候補地の id「{name}」は使われています。",
    "Choose another.": "別のものにしてください。",
    "Choose another name.": "別の名前にしてください。",
    "candidate '{name}' (lat {lat}, lon {lon}) lies in the sea, {distance} km from land, expected "
    "at most {most} km.": (
        "候補地「{name}」(lat {lat}、lon {lon})は陸から{distance} km離れた海上です"
        "(許容は{most} km)。"
    ),
    "Correct its coordinates.": "座標を直してください。",
    # limits
    "{year} starts no period, expected one of {years}.": (
        "{year}年に始まる計画期間はありません。次のいずれかです: {years}。"
    ),
    "count '{name}' stands twice.": "上限「{name}」が2回書かれています。",
    "Rename one.": "一方の名前を変えてください。",
    "'{name}' cannot be kept from itself.": "「{name}」を自分自身と分けることはできません。",
    "Name another.": "別のものを書いてください。",
    "{site} has no hub {technology}, {size}, but {hubs}.": (
        "{site} に {technology}・{size} の拠点はなく、あるのは {hubs} です。"
    ),
    "Correct the order.": "指定を直してください。",
    "no scenario '{name}'; there is {names}.": (
        "シナリオ「{name}」はありません。あるのは {names} です。"
    ),
    "solve: about {need} GiB of memory is needed for {arcs} arcs in {periods} periods, and {left} "
    "GiB is free.": (
        "solve: 輸送経路 {arcs} 本・{periods} 期間の計算にはメモリが約 {need} GiB 要りますが、"
        "空きは {left} GiB です。"
    ),
    "Close other programs, or take fewer resources, modes, candidate sites or periods: resources "
    "that share no site or limit may as well be studies of their own.": (
        "ほかのプログラムを閉じるか、品目・輸送モード・候補地・期間を減らしてください"
        "(候補地や上限を共有しない品目は別々の検討に分けられます)。"
    ),
    # a study with its own tables
    "'{name}' is no table of an instance.": "「{name}」という表はありません。",
    "See models/README.md.": "models/README.md を見てください。",
    "'{name}' is no column of {table}.": "表 {table} に列「{name}」はありません。",
    # no plan
    "no plan meets every limit of the instance.": "すべての条件を満たす計画はありません。",
    "siting explain STUDY names those that conflict and the cheapest change.": (
        "siting explain STUDY が、両立しない条件と最も安い変更を示します。"
    ),
    # layers and tables
    "the file is there already.": "同じ名前のファイルが既にあります。",
    "the table is missing.": "表がありません。",
    "Restore it from the repository.": "リポジトリから戻してください。",
    "'{key}': stands twice": "「{key}」が2行あります。",
    "'{key}': value is no number": "「{key}」の value が数値ではありません。",
    "'{key}': unit '{unit}' is unknown.": "「{key}」の単位「{unit}」はありません。",
    "'{key}': unit '{unit}' is not in compact notation such as {examples}.": (
        "「{key}」の単位「{unit}」は {examples} のような書き方ではありません。"
    ),
    "{name} is {given}, expected {digits} digits with leading zeros.": (
        "{name} が {given} です。先頭の0を含む{digits}桁で書いてください。"
    ),
    "Store {name} as text; spreadsheets turn '01100' into 1100.": (
        "{name} は文字列で保存してください(表計算ソフトは 01100 を 1100 にします)。"
    ),
    "{name} is {given}, expected numbers.": "{name} が {given} です。数値を書いてください。",
    "{name} is {given}, expected 0 or more.": "{name} が {given} です。0以上を書いてください。",
    "Correct the cells.": "セルを直してください。",
    "{name} is empty in rows {rows}, expected a value.": (
        "{name} が空欄です(行番号 {rows}、先頭は0)。"
    ),
    "Fill the cells.": "値を書いてください。",
    "rows {rows} do not lie in Japan, expected it.": "行 {rows} は日本の中にありません。",
    "Their lat and lon look swapped.": "緯度と経度が入れ替わっているようです。",
    "Correct their coordinates.": "座標を直してください。",
    "rows {rows} are not of type {type}, expected it.": "行 {rows} は {type} ではありません。",
    "Redraw them.": "描き直してください。",
    "CRS is {crs}, expected {wanted}.": "座標参照系が {crs} です({wanted} が要ります)。",
    "it has no CRS, expected {wanted}; none is assumed.": (
        "座標参照系がありません({wanted} が要ります)。"
    ),
    "Reproject the file: {command}.": "変換してください: {command}",
    "Write it into the file: {command}.": "書き込んでください: {command}",
    "cannot be read ({reason}), expected a {suffix} file.": (
        "読めません({reason})。{suffix} のファイルが要ります。"
    ),
    "Fetch it again.": "取得し直してください。",
    "{column} is {ids}, but the layer '{layer}' has none of that id.": (
        "{column} の {ids} は、レイヤ「{layer}」にない id です。"
    ),
    "Correct it, or add a row there.": "直すか、そこに行を加えてください。",
}
"""English sentence to the Japanese one."""
