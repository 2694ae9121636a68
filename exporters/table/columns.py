"""What the columns of a table hold, guessed from their names in English and Chinese."""

import re
from collections.abc import Mapping, Sequence

FIELDS: Mapping[str, tuple[str, str]] = {
    "ignition": ("Ignition time (clock or seconds)", "点火时间（时钟或秒）"),
    "ignition-ms": ("Ignition time (ms)", "点火时间（毫秒）"),
    "effect-time": ("Effect time (clock or seconds)", "效果时间（时钟或秒）"),
    "effect-time-ms": ("Effect time (ms)", "效果时间（毫秒）"),
    "time-of-day": ("Ignition time (Excel, part of a day)", "点火时间（Excel 日期小数）"),
    "prefire": ("Prefire", "提前量"),
    "duration": ("Duration", "时长"),
    "name": ("Effect", "效果"),
    "calibre": ("Calibre", "口径"),
    "category": ("Category", "类别"),
    "position": ("Position", "位置"),
    "angle": ("Angle", "角度"),
    "controller": ("Controller", "控制器"),
    "module": ("Module", "模块"),
    "pin": ("Pin", "点位"),
    "address": ("Module and pin (1-05)", "模块与点位（1-05）"),
    "chain": ("Chain", "连发"),
    "devices": ("Number of devices", "数量"),
}
"""The vocabulary of columns, with its names in English and Chinese."""

TIMES = ("ignition", "ignition-ms", "effect-time", "effect-time-ms", "time-of-day")

_NAMES: Mapping[str, str] = {
    "ignition": "event time|ignition|ignition time|ignition event time|fire time|firing time|shot time|time|time code|"
    "timecode|start|start time|cue time|点火时间|点火|时间|发射时间|起爆时间|开始时间|触发时间",
    "ignition-ms": "time ms|time (ms)|ignition ms|ignition (ms)|event time ms|"
    "time [ms]|点火时间(毫秒)|时间(毫秒)|点火时间ms|时间ms",
    "effect-time": "effect time|break time|break|burst time|bloom|效果时间|开花时间|爆炸时间|绽放时间",
    "effect-time-ms": "effect time ms|effect time (ms)|break time ms|效果时间(毫秒)|效果时间ms",
    "prefire": "prefire|pre-fire|prefire delay|pre fire|lift|lift time|pft|rise time|"
    "提前量|提前时间|延期|延时|上升时间",
    "duration": "duration|length|lifetime|时长|持续时间|燃烧时间|效果时长",
    "name": "name|effect|effect name|description|vdl|event description|firework name|firework|item|item name|product|"
    "product name|product description|channel name|caption|note|"
    "效果|效果名称|名称|品名|产品名称|产品|描述|花型|烟花名称",
    "calibre": "calibre|caliber|size|diameter|口径|规格|尺寸|寸",
    "category": "category|type|class|类别|类型|种类|分类",
    "position": "position|position name|location|place|pos|site|位置|位置名称|发射位置|阵地|燃放点|点名",
    "angle": "angle|angles|tilt|lean|degree|角度|倾角|仰角",
    "controller": "controller|host|host address|universe|system|控制器|主机|主机号|主机地址|域",
    "module": "module|module address|module id|mod|slat|rail|rail address|receiver|box|channel|"
    "模块|模块号|模块地址|接收机|分机|子机|盒号",
    "pin": "pin|pin address|pin number|cue|cue number|port|output|out|点位|端口|针脚|引脚|通道|路|点号|线号",
    "address": "address|addr|module pin|module-pin|地址|点火地址",
    "chain": "chain|chain identifier|chain id|连发|串联|链",
    "devices": "quantity|qty|number of devices|devices|count|数量|个数|发数",
}
_KNOWN = {name: held for held, names in _NAMES.items() for name in names.split("|")}


def guess(names: Sequence[str]) -> tuple[str, ...]:
    """The field of each column as its name suggests, "" for none; of two columns alike the first one counts."""
    out: list[str] = []
    for name in names:
        held = _KNOWN.get(_plain(name), "")
        out.append("" if held in out else held)
    return tuple(out)


def _plain(name: str) -> str:
    flat = name.lower().replace("（", "(").replace("）", ")").lstrip("#").strip()
    return re.sub(r"[\s_]+", " ", flat).replace(" (", "(") if not flat.isascii() else re.sub(r"[\s_]+", " ", flat)
