"""The sentences of faults of layers that a user brings: English to Japanese."""

LAYER_SENTENCES: dict[str, str] = {
    # fetching
    "cannot be reached ({reason}).": "つながりません({reason})。",
    "broke off after {size} bytes ({reason}).": "{size}バイトで途切れました({reason})。",
    "there is no such file ({code}).": "このファイルは配布元にありません({code})。",
    "there is no file at {url}, nor at the other addresses.": (
        "{url} にも、ほかの URL にもファイルがありません。"
    ),
    "the server answers {answer}.": "配布元の応答は {answer} です。",
    "sha256 is {found}, expected {wanted}.": (
        "sha256 が {found} で、指定の {wanted} と異なります。"
    ),
    "is no zip archive, expected one.": "zip ファイルではありません。",
    "Nothing was written.": "何も書き込んでいません。",
    "Try again later.": "しばらくしてからやり直してください。",
    "Open it in a browser.": "ブラウザで開いて確かめてください。",
    "Ask for the file again, or correct --sha256.": ("取得し直すか、--sha256 を直してください。"),
    "The shipped layer '{name}' remains in use.": (
        "それまでは付属のレイヤ「{name}」が使われます。"
    ),
    "No shipped layer stands for it; criteria that need it are left out.": (
        "代わりになる付属のレイヤはなく、これを使う評価基準は除かれます。"
    ),
    "Get the file by hand from {page} and run: {command}.": (
        "{page} から手で取得し、次を実行してください: {command}"
    ),
    # asking
    "no official layer '{name}', expected one of {names}.": (
        "「{name}」という公的データのレイヤはありません。次のいずれかです: {names}。"
    ),
    "{name} comes by area.": "{name} は地域ごとに配布されています。",
    "Name the prefectures: {option}, or {every}.": (
        "都道府県を指定してください: {option}(全国は {every})。"
    ),
    "{name} needs {keys}.": "{name} には {keys} が要ります。",
    "Get one at {page} and set ESTAT_APP_ID to it.": (
        "{page} で取得し、環境変数 ESTAT_APP_ID に設定してください。"
    ),
    "Give the number of the table: {option}.": "統計表の番号を指定してください: {option}",
    "{name} has no file for the prefectures {codes} in official.yaml.": (
        "{name} には、都道府県 {codes} のファイルが official.yaml にありません。"
    ),
    "Leave them out, or look at {page}.": "除くか、{page} を確かめてください。",
    "prefectures {names} are unknown.": "都道府県 {names} はありません。",
    "Write them as {ways}.": "{ways} のように書いてください。",
    "--sha256 is of one file, and {name} is made of {count}.": (
        "--sha256 は1ファイル分ですが、{name} は{count}ファイルからなります。"
    ),
    "Leave it out, or name one prefecture.": "外すか、都道府県を一つにしてください。",
    "a layer cannot be called '{name}', expected small letters, digits and _.": (
        "レイヤ名「{name}」は使えません(小文字の英字・数字・_)。"
    ),
    "Name it: {option}.": "指定してください: {option}",
    "'{name}' is no official layer: it must be said whose it is, and on what terms.": (
        "「{name}」は公的データの一覧にないので、出典と利用条件が要ります。"
    ),
    "Add {options}.": "{options} を付けてください。",
    "--crs is '{text}', expected a code such as EPSG:6668.": (
        "--crs の「{text}」は、EPSG:6668 のような座標参照系ではありません。"
    ),
    # reading
    "there is no such file.": "このファイルはありません。",
    "cannot be read ({reason}).": "読めません({reason})。",
    "holds nothing of {name}, but {inside}.": (
        "{name} に当たるものがなく、あるのは {inside} です。"
    ),
    "holds no feature {name}, expected some.": "{name} に当たる地物がありません。",
    "points to '{name}', which is not there.": "参照先の「{name}」がありません。",
    "has no shapes, expected features.": "図形がありません。",
    "no feature has a shape, expected some.": "図形のある地物がありません。",
    "no feature has {wanted}.": "{wanted} に当たる地物がありません。",
    "lacks {wanted}; there is {there}.": "{wanted} がなく、あるのは {there} です。",
    "{name} is {odd}, expected {expected}.": "{name} が {odd} です({expected} が要ります)。",
    "{name} is empty in {count} features.": "{name} が{count}件の地物で空です。",
    "Fill them, or leave those features out.": "値を入れるか、それらの地物を除いてください。",
    "Bring the file of {page}.": "{page} のファイルを指定してください。",
    "Bring another file.": "別のファイルを指定してください。",
    "Bring another extract.": "別の地域のデータを指定してください。",
    "Bring a layer that GDAL reads.": "GDAL で読めるファイルを指定してください。",
    "Bring some.": "中身のあるものを指定してください。",
    "it has no rows.": "行がありません。",
    "Correct the file.": "ファイルを直してください。",
    "Save it as CSV in UTF-8.": "UTF-8 の CSV で保存してください。",
    "has layers {names}, expected one.": "レイヤが {names} とあり、一つにする必要があります。",
    "Write one out: {command}.": "一つを書き出してください: {command}",
    "has {count} bands, expected one.": "バンドが{count}個あり、一つにする必要があります。",
    "Write the one out: {command}.": "一つを書き出してください: {command}",
    "it has no CRS, and none is assumed.": "座標参照系がありません。",
    "it has no CRS, and none is assumed. Write it into the file: {command}.": (
        "座標参照系がありません。書き込んでください: {command}"
    ),
    "lies at {spot}, expected Japan.": "位置が {spot} で、日本の中にありません。",
    "Correct its CRS.": "座標参照系を直してください。",
    "its columns do not fit into a GeoPackage ({reason}).": (
        "GeoPackage に書けない列があります({reason})。"
    ),
    "Rename or drop them.": "列名を変えるか、除いてください。",
    # grids and tables of e-Stat
    "codes of cells have {found} digits, expected one of {wanted}.": (
        "メッシュコードが {found} 桁です({wanted} のいずれか)。"
    ),
    "Bring files of one size of grid.": "同じ大きさのメッシュのファイルにそろえてください。",
    "holds {count} tables, expected one.": "表が{count}個あり、一つにする必要があります。",
    "has columns {names}, expected KEY_CODE and one of {wanted}.": (
        "列が {names} で、KEY_CODE と {wanted} のいずれかがありません。"
    ),
    "e-Stat refused ({reason}).": "e-Stat の答えは拒否でした({reason})。",
    "Correct the number of the table or ESTAT_APP_ID.": (
        "統計表の番号か ESTAT_APP_ID を直してください。"
    ),
    "is no answer of the API of e-Stat, expected GET_STATS_DATA.": (
        "e-Stat の API の応答(GET_STATS_DATA)ではありません。"
    ),
    "has no areas, but {names}.": "地域の区分がなく、あるのは {names} です。",
    "e-Stat: no row is of a municipality, expected five-digit codes of areas.": (
        "e-Stat: 市区町村(5桁の地域コード)の行がありません。"
    ),
    "Choose a table by municipality.": "市区町村別の統計表を選んでください。",
    "expected a line of titles with area_code and value, found none.": (
        "area_code と value のある見出しの行がありません。"
    ),
    "Download it as CSV of the API.": "API の CSV として取得してください。",
    # what criteria ask
    "'{name}' is a {kind}, and {asker} needs a {wanted}.": (
        "「{name}」は {kind} ですが、評価基準 {asker} には {wanted} が要ります。"
    ),
    "Bring that, or choose another name: {option}.": (
        "それを指定するか、別の名前にしてください: {option}"
    ),
    "column '{name}' is missing, and {asker} reads it.": (
        "評価基準 {asker} が読む列「{name}」がありません。"
    ),
    "{name}: no column 'code' with every municipality once, expected one.": (
        "{name}: 市区町村が1回ずつ現れる列 code がありません。"
    ),
    "Bring such a table.": "そのような表を指定してください。",
}
"""English sentence to the Japanese one."""
