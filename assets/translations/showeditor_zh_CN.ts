<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&lt;h3&gt;showeditor {version}&lt;/h3&gt;&lt;p&gt;Fireworks, drones, music and stage on one timeline, with a safety check before every export.&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</source>
        <translation>&lt;h3&gt;showeditor {version}&lt;/h3&gt;&lt;p&gt;焰火、无人机、音乐与舞台同在一条时间线上，每次导出前都做安全检查。&lt;/p&gt;&lt;p&gt;Apache 许可证 2.0&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About showeditor</source>
        <translation>关于 showeditor</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Icon of the program</source>
        <translation>程序图标</translation>
    </message>
</context>
<context>
    <name>ActForm</name>
    <message>
        <source>Act</source>
        <translation>篇章</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Given up to wind</source>
        <translation>风速上限</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>AddressDialog</name>
    <message>
        <source>A module serves</source>
        <translation>每个模块只用于</translation>
    </message>
    <message>
        <source>All cues</source>
        <translation>全部点火</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Cables reach</source>
        <translation>点火线长度</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>Cues</source>
        <translation>点火</translation>
    </message>
    <message>
        <source>Cues of one ignition on a pin</source>
        <translation>同刻点火每针脚串联数</translation>
    </message>
    <message>
        <source>Every cue has an address already.</source>
        <translation>所有点火都已有地址。</translation>
    </message>
    <message>
        <source>Firing system of each position</source>
        <translation>各点位使用的点火系统</translation>
    </message>
    <message>
        <source>Give addresses</source>
        <translation>编址</translation>
    </message>
    <message>
        <source>Give new addresses to cues that have one (locked ones stay)</source>
        <translation>已有地址的点火也重新编址（锁定的保持不变）</translation>
    </message>
    <message>
        <source>How many igniters a pin fires is not stated: Show &gt; Controllers and licences</source>
        <translation>未说明每针脚可点火的点火头数：演出 &gt; 控制器与许可</translation>
    </message>
    <message>
        <source>Pins kept free per module</source>
        <translation>每个模块预留针脚</translation>
    </message>
    <message>
        <source>Pins run by</source>
        <translation>针脚顺序</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>点位</translation>
    </message>
    <message>
        <source>The {n} selected cues</source>
        <translation>所选 {n} 个点火</translation>
    </message>
    <message>
        <source>act, then calibre</source>
        <translation>篇章，再按口径</translation>
    </message>
    <message>
        <source>any distance</source>
        <translation>不限距离</translation>
    </message>
    <message>
        <source>as above</source>
        <translation>同上</translation>
    </message>
    <message>
        <source>calibre, then time</source>
        <translation>口径，再按时间</translation>
    </message>
    <message>
        <source>one act</source>
        <translation>同一篇章</translation>
    </message>
    <message>
        <source>one calibre</source>
        <translation>同一口径</translation>
    </message>
    <message>
        <source>one hazard group</source>
        <translation>同一危险分组</translation>
    </message>
    <message>
        <source>one position</source>
        <translation>同一点位</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>{c}: {n} cues on {m} new modules; at least {least} are needed.</source>
        <translation>{c}：{n} 个点火占用 {m} 个新模块，至少需要 {least} 个。</translation>
    </message>
    <message>
        <source>{c}: {n} cues on {m} new modules; no way takes fewer.</source>
        <translation>{c}：{n} 个点火占用 {m} 个新模块，已是最少。</translation>
    </message>
    <message>
        <source>{n} cues addressed</source>
        <translation>已为 {n} 个点火编址</translation>
    </message>
</context>
<context>
    <name>AddressPanel</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Address cues with options</source>
        <translation>按选项编址</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>编址表</translation>
    </message>
    <message>
        <source>At</source>
        <translation>点位</translation>
    </message>
    <message>
        <source>Controllers, modules and pins</source>
        <translation>控制器、模块与针脚</translation>
    </message>
    <message>
        <source>Give addresses…</source>
        <translation>编址…</translation>
    </message>
    <message>
        <source>Ignition</source>
        <translation>点火时间</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Module {n}</source>
        <translation>模块 {n}</translation>
    </message>
    <message>
        <source>Pin {n}</source>
        <translation>针脚 {n}</translation>
    </message>
    <message>
        <source>The chosen addresses may change when others are given anew</source>
        <translation>重新编址时，所选地址可以改变</translation>
    </message>
    <message>
        <source>The chosen addresses stay when others are given anew</source>
        <translation>重新编址时，所选地址保持不变</translation>
    </message>
    <message>
        <source>Ticked: locked</source>
        <translation>勾选：已锁定</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>What it fires</source>
        <translation>燃放内容</translation>
    </message>
    <message>
        <source>Without address</source>
        <translation>未编址</translation>
    </message>
    <message>
        <source>free: {pins}</source>
        <translation>空闲：{pins}</translation>
    </message>
    <message>
        <source>unknown controller</source>
        <translation>未知控制器</translation>
    </message>
    <message>
        <source>{m} modules, {t} of {r} pins taken, {s} free; {n} cues without address</source>
        <translation>{m} 个模块，已用 {t}/{r} 针脚，空闲 {s}；{n} 个点火未编址</translation>
    </message>
</context>
<context>
    <name>Addressing</name>
    <message>
        <source>Address cues</source>
        <translation>编址</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>Every cue has an address already</source>
        <translation>所有点火都已有地址</translation>
    </message>
    <message>
        <source>Kind of controller</source>
        <translation>控制器型号</translation>
    </message>
    <message>
        <source>The controller model {model} is not known</source>
        <translation>未知的控制器型号 {model}</translation>
    </message>
    <message>
        <source>{n} cues addressed; {modules} modules in use</source>
        <translation>已为 {n} 个点火编址，共用 {modules} 个模块</translation>
    </message>
</context>
<context>
    <name>BackdropDialog</name>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Black lies at</source>
        <translation>黑色高度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Height map</source>
        <translation>高程图</translation>
    </message>
    <message>
        <source>Middle, east</source>
        <translation>中心（东）</translation>
    </message>
    <message>
        <source>Middle, north</source>
        <translation>中心（北）</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>全景图</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.ppm);;All files (*)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.bmp *.ppm);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Pictures of the site</source>
        <translation>场地图片</translation>
    </message>
    <message>
        <source>Plan on the ground</source>
        <translation>地面平面底图</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>White lies at</source>
        <translation>白色高度</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>ChargeStack</name>
    <message>
        <source>All channels are in use</source>
        <translation>通道已用完</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>药件</translation>
    </message>
    <message>
        <source>Charges</source>
        <translation>药件</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Fires</source>
        <translation>喷射方向</translation>
    </message>
    <message>
        <source>Mass with holder</source>
        <translation>含支架质量</translation>
    </message>
    <message>
        <source>Pitch (-90 down, 90 up)</source>
        <translation>俯仰（-90 向下，90 向上）</translation>
    </message>
    <message>
        <source>Turned from the nose</source>
        <translation>相对机头转角</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>向机头前方</translation>
    </message>
    <message>
        <source>channel {n} · {effect}</source>
        <translation>通道 {n} · {effect}</translation>
    </message>
    <message>
        <source>down</source>
        <translation>向下</translation>
    </message>
    <message>
        <source>up</source>
        <translation>向上</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>multiple</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>ColourField</name>
    <message>
        <source>Choose a colour</source>
        <translation>选择颜色</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;About showeditor</source>
        <translation>关于 showeditor(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Bake the figure into cues</source>
        <translation>把编排固化为点火(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Clear the loop</source>
        <translation>清除循环(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Controllers and licences…</source>
        <translation>控制器与许可(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Fan and sequence…</source>
        <translation>扇形与序列(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Fit all</source>
        <translation>显示全部(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Front view</source>
        <translation>正视图(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>编组(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Landing scatter…</source>
        <translation>落点散布(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>循环(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Marker here</source>
        <translation>在此设标记(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;New formation: motif, drawing, picture, mesh…</source>
        <translation>新建编队：纹样、图形、图片、模型(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;New show</source>
        <translation>新建演出(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next cue</source>
        <translation>下一个点火(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Orthographic</source>
        <translation>正交投影(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Paste at the playhead</source>
        <translation>粘贴到播放头(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Play / pause</source>
        <translation>播放 / 暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quantise to the grid</source>
        <translation>对齐到节拍(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Ripple: what follows moves along</source>
        <translation>波纹模式：后续内容随之移动(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Side view</source>
        <translation>侧视图(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation>吸附(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Tap the tempo</source>
        <translation>敲击定速(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Timecode and stage…</source>
        <translation>时码与舞台(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Top view</source>
        <translation>俯视图(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Verify a published folder…</source>
        <translation>校验已发布的文件夹(&amp;V)…</translation>
    </message>
    <message>
        <source>Add a &amp;drone fleet…</source>
        <translation>添加无人机机群(&amp;D)…</translation>
    </message>
    <message>
        <source>Add a fire&amp;work track</source>
        <translation>添加焰火轨道(&amp;W)</translation>
    </message>
    <message>
        <source>Add a firing &amp;position</source>
        <translation>添加燃放点位(&amp;P)</translation>
    </message>
    <message>
        <source>Add an &amp;act from the loop range</source>
        <translation>以循环范围添加篇章(&amp;A)</translation>
    </message>
    <message>
        <source>Add&amp;ress cues…</source>
        <translation>自动编址(&amp;R)…</translation>
    </message>
    <message>
        <source>Addresses with &amp;options…</source>
        <translation>按选项编址(&amp;O)…</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>再制(&amp;U)</translation>
    </message>
    <message>
        <source>Delete and close the &amp;gap</source>
        <translation>波纹删除并补上空隙(&amp;G)</translation>
    </message>
    <message>
        <source>Downbeat 10 ms earlier</source>
        <translation>强拍提前 10 毫秒</translation>
    </message>
    <message>
        <source>Downbeat 10 ms later</source>
        <translation>强拍推后 10 毫秒</translation>
    </message>
    <message>
        <source>F&amp;igure: fan, V, chase, fill…</source>
        <translation>编排：扇形、V形、追逐、铺满…(&amp;I)</translation>
    </message>
    <message>
        <source>Fit &amp;selection</source>
        <translation>显示所选(&amp;S)</translation>
    </message>
    <message>
        <source>Import &amp;music…</source>
        <translation>导入音乐(&amp;M)…</translation>
    </message>
    <message>
        <source>Import &amp;test firings…</source>
        <translation>导入试放记录(&amp;T)…</translation>
    </message>
    <message>
        <source>Import a fol&amp;der…</source>
        <translation>导入文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>Import e&amp;ffects…</source>
        <translation>导入效果表(&amp;F)…</translation>
    </message>
    <message>
        <source>Import f&amp;iles…</source>
        <translation>导入文件(&amp;I)…</translation>
    </message>
    <message>
        <source>Loop ends h&amp;ere</source>
        <translation>循环到此止(&amp;E)</translation>
    </message>
    <message>
        <source>Loop starts &amp;here</source>
        <translation>循环从此起(&amp;H)</translation>
    </message>
    <message>
        <source>N&amp;amed marker here…</source>
        <translation>在此设命名标记(&amp;A)…</translation>
    </message>
    <message>
        <source>New &amp;text formation…</source>
        <translation>新建文字编队(&amp;T)…</translation>
    </message>
    <message>
        <source>Next fi&amp;nding</source>
        <translation>下一条检查结果(&amp;N)</translation>
    </message>
    <message>
        <source>Next marker</source>
        <translation>下一个标记</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>One millisecond back</source>
        <translation>后退一毫秒</translation>
    </message>
    <message>
        <source>One millisecond forward</source>
        <translation>前进一毫秒</translation>
    </message>
    <message>
        <source>Pictures of the site…</source>
        <translation>场地图片…</translation>
    </message>
    <message>
        <source>Play from &amp;last start</source>
        <translation>从上次起点播放(&amp;L)</translation>
    </message>
    <message>
        <source>Pre&amp;vious cue</source>
        <translation>上一个点火(&amp;V)</translation>
    </message>
    <message>
        <source>Pre&amp;vious finding</source>
        <translation>上一个发现(&amp;V)</translation>
    </message>
    <message>
        <source>Previous marker</source>
        <translation>上一个标记</translation>
    </message>
    <message>
        <source>Quantise by a s&amp;trength…</source>
        <translation>按强度量化(&amp;T)…</translation>
    </message>
    <message>
        <source>Recorded &amp;flights…</source>
        <translation>录制航段(&amp;F)…</translation>
    </message>
    <message>
        <source>S&amp;how, venue and limits</source>
        <translation>演出、场地与限值(&amp;H)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Select &amp;all cues</source>
        <translation>全选点火(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;nothing</source>
        <translation>取消选择(&amp;N)</translation>
    </message>
    <message>
        <source>Select same &amp;effect</source>
        <translation>选择相同效果(&amp;E)</translation>
    </message>
    <message>
        <source>Select same &amp;position</source>
        <translation>选择相同点位(&amp;P)</translation>
    </message>
    <message>
        <source>Select same a&amp;ct</source>
        <translation>选择同一篇章(&amp;C)</translation>
    </message>
    <message>
        <source>Select same ca&amp;libre</source>
        <translation>选择相同口径(&amp;L)</translation>
    </message>
    <message>
        <source>Shuttle &amp;backwards</source>
        <translation>快退(&amp;B)</translation>
    </message>
    <message>
        <source>Shuttle &amp;forwards</source>
        <translation>快进(&amp;F)</translation>
    </message>
    <message>
        <source>Shuttle sto&amp;p</source>
        <translation>停止(&amp;P)</translation>
    </message>
    <message>
        <source>Sound of the &amp;fireworks</source>
        <translation>焰火声响(&amp;F)</translation>
    </message>
    <message>
        <source>Substitute the &amp;effect…</source>
        <translation>替换效果…(&amp;E)</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>到结尾(&amp;E)</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>到开头(&amp;S)</translation>
    </message>
    <message>
        <source>U&amp;ngroup</source>
        <translation>取消编组(&amp;N)</translation>
    </message>
    <message>
        <source>Write the accessibility tree to a file</source>
        <translation>将无障碍树写入文件</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ControllerForm</name>
    <message>
        <source>A module fires one calibre only</source>
        <translation>每个模块只用一种口径</translation>
    </message>
    <message>
        <source>A module switches itself off after (s)</source>
        <translation>模块自动关断（秒）</translation>
    </message>
    <message>
        <source>Cables reach</source>
        <translation>点火线长度</translation>
    </message>
    <message>
        <source>Cues in a script</source>
        <translation>脚本容量（点火数）</translation>
    </message>
    <message>
        <source>Cues on a module</source>
        <translation>每模块点火数</translation>
    </message>
    <message>
        <source>First module</source>
        <translation>首个模块号</translation>
    </message>
    <message>
        <source>First pin</source>
        <translation>首个针脚号</translation>
    </message>
    <message>
        <source>Hazard groups it can disable</source>
        <translation>可禁用的危险分组数</translation>
    </message>
    <message>
        <source>Igniters in series on a pin</source>
        <translation>每针脚串联点火头数</translation>
    </message>
    <message>
        <source>Last module</source>
        <translation>末个模块号</translation>
    </message>
    <message>
        <source>Last pin</source>
        <translation>末个针脚号</translation>
    </message>
    <message>
        <source>Least gap on a module (ms)</source>
        <translation>同一模块最短间隔（毫秒）</translation>
    </message>
    <message>
        <source>Least gap on a pin that fires again (ms)</source>
        <translation>同一针脚重复点火最短间隔（毫秒）</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Modules</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Off from</source>
        <translation>关断时间</translation>
    </message>
    <message>
        <source>On from</source>
        <translation>接通时间</translation>
    </message>
    <message>
        <source>Pins kept free per module</source>
        <translation>每个模块预留针脚</translation>
    </message>
    <message>
        <source>Save the show first</source>
        <translation>请先保存演出</translation>
    </message>
    <message>
        <source>Sound it plays</source>
        <translation>自带播放的音频</translation>
    </message>
    <message>
        <source>Stands at</source>
        <translation>所在点位</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动方式</translation>
    </message>
    <message>
        <source>Take the show's sound</source>
        <translation>采用演出音乐</translation>
    </message>
    <message>
        <source>The show has no sound</source>
        <translation>演出没有音频</translation>
    </message>
    <message>
        <source>Where these figures stand</source>
        <translation>数据出处</translation>
    </message>
    <message>
        <source>follows the timecode</source>
        <translation>跟随时间码</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>started by hand</source>
        <translation>手动启动</translation>
    </message>
    <message>
        <source>{c}: say where its figures stand</source>
        <translation>{c}：请填写数据出处</translation>
    </message>
</context>
<context>
    <name>ControllersDialog</name>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Controllers and licences</source>
        <translation>控制器与许可</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>持有人</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可种类</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Licences the show needs</source>
        <translation>演出所需许可</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Valid until (YYYY-MM-DD)</source>
        <translation>有效期至（YYYY-MM-DD）</translation>
    </message>
</context>
<context>
    <name>Creating</name>
    <message>
        <source>Drone fleet</source>
        <translation>无人机机群</translation>
    </message>
    <message>
        <source>Effect of the {n} selected cues; each blooms when it did before</source>
        <translation>所选 {n} 个点火的新效果；绽放时刻保持不变</translation>
    </message>
    <message>
        <source>Import effects</source>
        <translation>导入效果表</translation>
    </message>
    <message>
        <source>Import music</source>
        <translation>导入音乐</translation>
    </message>
    <message>
        <source>Import test firings</source>
        <translation>导入试放记录</translation>
    </message>
    <message>
        <source>Markers of the score</source>
        <translation>乐谱中的标记</translation>
    </message>
    <message>
        <source>Music ({kinds})</source>
        <translation>音乐 ({kinds})</translation>
    </message>
    <message>
        <source>Music is kept beside the show's file. Please save the show first.</source>
        <translation>音乐存放在演出文件旁边。请先保存演出。</translation>
    </message>
    <message>
        <source>No cue of a live figure is selected</source>
        <translation>所选内容不属于任何编排</translation>
    </message>
    <message>
        <source>Number of drones</source>
        <translation>无人机数量</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Save first</source>
        <translation>请先保存</translation>
    </message>
    <message>
        <source>Substitute the effect</source>
        <translation>替换效果</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.xlsx);;All files (*)</source>
        <translation>表格 (*.csv *.txt *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The score has {n} markers ({names}). Take them over</source>
        <translation>乐谱有 {n} 个标记（{names}）。如何导入</translation>
    </message>
    <message>
        <source>There is no room after the last act; draw a range on the ruler first</source>
        <translation>最后一个篇章之后没有空间；请先在标尺上画出范围</translation>
    </message>
    <message>
        <source>as acts</source>
        <translation>作为篇章</translation>
    </message>
    <message>
        <source>as markers</source>
        <translation>作为标记</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>{name} is part of the show now</source>
        <translation>{name} 已加入演出</translation>
    </message>
</context>
<context>
    <name>CueForm</name>
    <message>
        <source>A time such as 1:02.4, or bar.beat.tick such as 17.3.0</source>
        <translation>时间如 1:02.4，或 小节.拍.分 如 17.3.0</translation>
    </message>
    <message>
        <source>Bake</source>
        <translation>固化</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>Cue {id}</source>
        <translation>点火 {id}</translation>
    </message>
    <message>
        <source>Drawn by: {names}</source>
        <translation>由编排生成：{names}</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>编排</translation>
    </message>
    <message>
        <source>Firing pin</source>
        <translation>点火通道</translation>
    </message>
    <message>
        <source>Hazard group</source>
        <translation>危险分组</translation>
    </message>
    <message>
        <source>Hold by the clock</source>
        <translation>改为按时间固定</translation>
    </message>
    <message>
        <source>Hold on the beat</source>
        <translation>改为按节拍固定</translation>
    </message>
    <message>
        <source>Ignition {a} · bloom {b} · end {c}</source>
        <translation>点火 {a} · 绽放 {b} · 结束 {c}</translation>
    </message>
    <message>
        <source>Is the</source>
        <translation>该时刻是</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Not understood: {words}</source>
        <translation>未能识别：{words}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>水平转角</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Plain cues, drawn by no figure</source>
        <translation>普通点火，不属于编排</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>点位</translation>
    </message>
    <message>
        <source>Rack</source>
        <translation>炮架</translation>
    </message>
    <message>
        <source>Read as: {text}</source>
        <translation>理解为：{text}</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>The cues stay, the rule that drew them goes</source>
        <translation>点火保留，生成规则去除</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>倾角</translation>
    </message>
    <message>
        <source>When</source>
        <translation>何时</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>何处</translation>
    </message>
    <message>
        <source>bloom</source>
        <translation>绽放</translation>
    </message>
    <message>
        <source>ignition</source>
        <translation>点火</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{mm} mm · lead {lead} s · lasts {last} s · {h} m</source>
        <translation>{mm} 毫米 · 提前量 {lead} 秒 · 持续 {last} 秒 · {h} 米</translation>
    </message>
    <message>
        <source>{n} cues</source>
        <translation>{n} 个点火</translation>
    </message>
    <message>
        <source>{n} shots</source>
        <translation>{n} 发</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Open a show</source>
        <translation>打开演出</translation>
    </message>
    <message>
        <source>Save the show</source>
        <translation>保存演出</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <source>Shows (*.show)</source>
        <translation>演出 (*.show)</translation>
    </message>
    <message>
        <source>Shows (*.show);;All files (*)</source>
        <translation>演出 (*.show);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The editor did not end cleanly. There is unsaved work on “{title}”. Take it up again?</source>
        <translation>编辑器上次没有正常退出。《{title}》有未保存的内容，要恢复吗？</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Unsaved work found</source>
        <translation>发现未保存的内容</translation>
    </message>
    <message>
        <source>“{title}” has unsaved changes. Save them?</source>
        <translation>《{title}》有未保存的更改。要保存吗？</translation>
    </message>
</context>
<context>
    <name>DurationField</name>
    <message>
        <source>A length of time cannot be negative</source>
        <translation>时长不能为负数</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>重做 {step}(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>撤销 {step}(&amp;U)</translation>
    </message>
    <message>
        <source>A group needs two cues or more</source>
        <translation>编组至少需要两个点火</translation>
    </message>
    <message>
        <source>Quantise</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Strength in percent</source>
        <translation>强度（百分比）</translation>
    </message>
    <message>
        <source>The clipboard is empty</source>
        <translation>剪贴板是空的</translation>
    </message>
    <message>
        <source>{n} cues copied</source>
        <translation>已复制 {n} 个点火</translation>
    </message>
</context>
<context>
    <name>EffectImportDialog</name>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Calibre</source>
        <translation>口径</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>中文名</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>持续时间</translation>
    </message>
    <message>
        <source>Effect description</source>
        <translation>效果描述</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Import effects</source>
        <translation>导入效果表</translation>
    </message>
    <message>
        <source>Import test firings</source>
        <translation>导入试放记录</translation>
    </message>
    <message>
        <source>Part number</source>
        <translation>货号</translation>
    </message>
    <message>
        <source>Rise time</source>
        <translation>升空时间</translation>
    </message>
    <message>
        <source>Rows that cannot be used</source>
        <translation>无法使用的行</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>表格内容</translation>
    </message>
    <message>
        <source>{id}: no effect has this part number</source>
        <translation>{id}：没有这个货号的效果</translation>
    </message>
    <message>
        <source>{n} effects; {m} rows are left out</source>
        <translation>{n} 个效果；略去 {m} 行</translation>
    </message>
</context>
<context>
    <name>EntryTable</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export into</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>导出到文件夹</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Option {name} of {id}</source>
        <translation>{id} 的选项 {name}</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The check failed; nothing can be exported.</source>
        <translation>检查失败，不能导出。</translation>
    </message>
    <message>
        <source>The newest plan is not ready yet. Try again in a moment.</source>
        <translation>最新的编排还没有准备好，请稍后再试。</translation>
    </message>
    <message>
        <source>The show is being checked; the export checks it again anyway.</source>
        <translation>演出正在检查；导出时还会再检查一遍。</translation>
    </message>
    <message>
        <source>The show is clear.</source>
        <translation>演出检查通过。</translation>
    </message>
    <message>
        <source>The show is not checked yet.</source>
        <translation>演出尚未检查。</translation>
    </message>
    <message>
        <source>There are warnings; they go into the receipt.</source>
        <translation>有警告；将写入收据。</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>测试版</translation>
    </message>
    <message>
        <source>columns proven</source>
        <translation>列已证实</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>格式描述</translation>
    </message>
    <message>
        <source>proven</source>
        <translation>已证实</translation>
    </message>
    <message>
        <source>{n} findings stop the export.</source>
        <translation>{n} 条结果阻止导出。</translation>
    </message>
</context>
<context>
    <name>FanDialog</name>
    <message>
        <source>Answer</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>Centre outwards</source>
        <translation>由中心向外</translation>
    </message>
    <message>
        <source>Fan and sequence</source>
        <translation>扇形与序列</translation>
    </message>
    <message>
        <source>First leans</source>
        <translation>首发倾角</translation>
    </message>
    <message>
        <source>Last leans</source>
        <translation>末发倾角</translation>
    </message>
    <message>
        <source>Leans count to the audience's right.</source>
        <translation>倾角以观众右侧为正。</translation>
    </message>
    <message>
        <source>Left to right</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>Number of shots</source>
        <translation>发数</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Outside inwards</source>
        <translation>由外向中心</translation>
    </message>
    <message>
        <source>Right to left</source>
        <translation>从右到左</translation>
    </message>
    <message>
        <source>Time between</source>
        <translation>间隔时间</translation>
    </message>
</context>
<context>
    <name>Favourites</name>
    <message>
        <source>Choose one effect first: in the palette, or a cue that has it</source>
        <translation>请先选定一个效果：在素材中选，或选中使用它的点火</translation>
    </message>
    <message>
        <source>Favourite on key {n}: {effect}</source>
        <translation>数字键 {n} 收藏：{effect}</translation>
    </message>
    <message>
        <source>Key {n}</source>
        <translation>数字键 {n}</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设数字键</translation>
    </message>
</context>
<context>
    <name>FenceRows</name>
    <message>
        <source>A corner is east and north in metres: 0,-60; 80,-60; 80,-90</source>
        <translation>每个顶点须写作东、北坐标（米）：0,-60; 80,-60; 80,-90</translation>
    </message>
    <message>
        <source>East and north of each corner in metres: 0,-60; 80,-60; 80,-90</source>
        <translation>东、北坐标（米），逐个顶点：0,-60; 80,-60; 80,-90</translation>
    </message>
    <message>
        <source>Geofence corners</source>
        <translation>围栏顶点</translation>
    </message>
    <message>
        <source>Geofence from</source>
        <translation>围栏下限</translation>
    </message>
    <message>
        <source>Geofence top</source>
        <translation>围栏上限</translation>
    </message>
    <message>
        <source>no geofence</source>
        <translation>无围栏</translation>
    </message>
</context>
<context>
    <name>FigureDialog</name>
    <message>
        <source>All together</source>
        <translation>同时</translation>
    </message>
    <message>
        <source>Alternate halves</source>
        <translation>左右交替</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Centre outwards</source>
        <translation>由中间向外</translation>
    </message>
    <message>
        <source>Chase there and back</source>
        <translation>往返追逐</translation>
    </message>
    <message>
        <source>Cross: mirrored pairs lean in</source>
        <translation>交叉：对称成对内倾</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Drawing of the figure</source>
        <translation>编排示意图</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>扇形</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>编排</translation>
    </message>
    <message>
        <source>Fill to the beat</source>
        <translation>按节拍铺满</translation>
    </message>
    <message>
        <source>First leans</source>
        <translation>首发倾角</translation>
    </message>
    <message>
        <source>Last leans</source>
        <translation>末发倾角</translation>
    </message>
    <message>
        <source>Left to right</source>
        <translation>由左向右</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Outside inwards</source>
        <translation>由外向内</translation>
    </message>
    <message>
        <source>Pairs: mirrored pairs lean out</source>
        <translation>成对：对称成对外倾</translation>
    </message>
    <message>
        <source>Peacock: fans that open</source>
        <translation>孔雀开屏：逐层展开的扇面</translation>
    </message>
    <message>
        <source>Positions, left to right</source>
        <translation>燃放点（由左至右）</translation>
    </message>
    <message>
        <source>Random, by seed</source>
        <translation>随机（按种子）</translation>
    </message>
    <message>
        <source>Right to left</source>
        <translation>由右向左</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Salvo: all at once</source>
        <translation>齐射：同时全部</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Sequence along the front</source>
        <translation>沿阵面依次</translation>
    </message>
    <message>
        <source>Several effects, separated by semicolons, are taken in turn</source>
        <translation>多个效果用分号隔开，轮流使用</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Shots at a position</source>
        <translation>每点发数</translation>
    </message>
    <message>
        <source>Silent steps between rounds</source>
        <translation>两轮之间的空拍</translation>
    </message>
    <message>
        <source>Steps follow</source>
        <translation>步进依据</translation>
    </message>
    <message>
        <source>Time between steps</source>
        <translation>步进间隔</translation>
    </message>
    <message>
        <source>V: two arms</source>
        <translation>V形：两臂</translation>
    </message>
    <message>
        <source>W: four arms</source>
        <translation>W形：四臂</translation>
    </message>
    <message>
        <source>X: neighbours cross</source>
        <translation>X形：相邻交叉</translation>
    </message>
    <message>
        <source>Z: there and back</source>
        <translation>Z形：往返扫射</translation>
    </message>
    <message>
        <source>eighth notes</source>
        <translation>八分音符</translation>
    </message>
    <message>
        <source>eighth triplets</source>
        <translation>八分三连音</translation>
    </message>
    <message>
        <source>four beats</source>
        <translation>四拍</translation>
    </message>
    <message>
        <source>quarter notes</source>
        <translation>四分音符</translation>
    </message>
    <message>
        <source>sixteenth notes</source>
        <translation>十六分音符</translation>
    </message>
    <message>
        <source>the clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>two beats</source>
        <translation>两拍</translation>
    </message>
    <message>
        <source>{n} cues; leans count to the audience's right.</source>
        <translation>{n} 个点火；倾角以观众右侧为正。</translation>
    </message>
</context>
<context>
    <name>FileImport</name>
    <message>
        <source>Firing scripts, drone files, tables ({kinds});;All files (*)</source>
        <translation>点火脚本、无人机文件、表格 ({kinds});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Recorded flights</source>
        <translation>录制航段</translation>
    </message>
    <message>
        <source>The show has no recorded flights. Import a drone file first.</source>
        <translation>节目中没有录制航段，请先导入无人机文件。</translation>
    </message>
</context>
<context>
    <name>FindingDetail</name>
    <message>
        <source>Slow motion</source>
        <translation>慢动作</translation>
    </message>
    <message>
        <source>The moment at an eighth of the speed, from close by; Escape ends it</source>
        <translation>以八分之一速度、近距离观看该时刻；按 Esc 结束</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>A named person accepts the warning that is chosen, with a reason</source>
        <translation>由具名人员说明理由后签认所选警告</translation>
    </message>
    <message>
        <source>Accept a warning</source>
        <translation>签认警告</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已签认</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>签认…</translation>
    </message>
    <message>
        <source>Being checked… {n} %</source>
        <translation>正在检查… {n} %</translation>
    </message>
    <message>
        <source>Clear: nothing stops the export</source>
        <translation>通过：没有阻止导出的问题</translation>
    </message>
    <message>
        <source>Copied: {n}</source>
        <translation>已复制：{n}</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Everything that is listed, as text; Ctrl+C copies the chosen finding</source>
        <translation>把列出的全部内容复制为文字；Ctrl+C 复制选中的一条</translation>
    </message>
    <message>
        <source>Export is stopped: {n}, warnings: {w}</source>
        <translation>阻止导出：{n}，警告：{w}</translation>
    </message>
    <message>
        <source>Filter findings</source>
        <translation>筛选发现</translation>
    </message>
    <message>
        <source>Filter: code, words, names</source>
        <translation>筛选：代码、文字、名称</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>List of findings</source>
        <translation>检查结果列表</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>Margins</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Stops export</source>
        <translation>阻止导出</translation>
    </message>
    <message>
        <source>Take an acceptance back</source>
        <translation>撤回签认</translation>
    </message>
    <message>
        <source>Take back what {who} accepted</source>
        <translation>撤回 {who} 的签认</translation>
    </message>
    <message>
        <source>Take the red marks off the picture and the timeline</source>
        <translation>去掉画面与时间线上的红色标识</translation>
    </message>
    <message>
        <source>The check failed: {why}</source>
        <translation>检查失败：{why}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Unmark</source>
        <translation>去掉标识</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Warnings: {n}, nothing stops the export</source>
        <translation>警告：{n}，没有阻止导出的问题</translation>
    </message>
    <message>
        <source>What stops the export</source>
        <translation>阻止导出的问题</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>… and {n} more</source>
        <translation>…还有 {n} 条</translation>
    </message>
</context>
<context>
    <name>FormationFacts</name>
    <message>
        <source>Least spacing {m} m.</source>
        <translation>最小间距 {m} 米。</translation>
    </message>
    <message>
        <source>Make it smaller, space it wider, or limit the number.</source>
        <translation>请缩小、加大间距，或限制架数。</translation>
    </message>
    <message>
        <source>Needs {need} drones; the largest fleet has {have}.</source>
        <translation>需要 {need} 架无人机；最大的机队有 {have} 架。</translation>
    </message>
    <message>
        <source>Spacing {a} m is tight: flights in and out need about {b} m.</source>
        <translation>间距 {a} 米偏紧：进出编队约需 {b} 米。</translation>
    </message>
    <message>
        <source>The points stand wider apart than asked.</source>
        <translation>点距比要求的更大。</translation>
    </message>
    <message>
        <source>Two points stand at the same place.</source>
        <translation>有两个点重合在同一处。</translation>
    </message>
    <message>
        <source>points run together</source>
        <translation>点连成一片</translation>
    </message>
    <message>
        <source>reads well</source>
        <translation>清晰可辨</translation>
    </message>
    <message>
        <source>simple shapes read</source>
        <translation>简单图形可辨</translation>
    </message>
    <message>
        <source>too far aside</source>
        <translation>角度太偏</translation>
    </message>
    <message>
        <source>too few points</source>
        <translation>点数太少</translation>
    </message>
    <message>
        <source>{n} fine strokes are left out.</source>
        <translation>省去了 {n} 笔细节。</translation>
    </message>
    <message>
        <source>{seat}: {d} m, {h}° high, {a} arcmin apart, {w} % of its width: {verdict}</source>
        <translation>{seat}：{d} 米，高 {h}°，点距 {a} 角分，可见宽度 {w}%：{verdict}</translation>
    </message>
</context>
<context>
    <name>FormationForm</name>
    <message>
        <source>Delete the formation</source>
        <translation>删除此编队</translation>
    </message>
    <message>
        <source>Draw again…</source>
        <translation>重绘…</translation>
    </message>
    <message>
        <source>Formation</source>
        <translation>编队</translation>
    </message>
    <message>
        <source>Insert at the playhead</source>
        <translation>插入到播放头</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Place points by hand…</source>
        <translation>手动布点…</translation>
    </message>
    <message>
        <source>needs {need} of {have} drones</source>
        <translation>需要 {need} 架，共 {have} 架</translation>
    </message>
    <message>
        <source>{w} × {h} m, {d} m deep</source>
        <translation>{w} × {h} 米，纵深 {d} 米</translation>
    </message>
</context>
<context>
    <name>FormationPreview</name>
    <message>
        <source>turned by {n}°</source>
        <translation>已旋转 {n}°</translation>
    </message>
    <message>
        <source>{w} m wide, {h} m high, {d} m deep</source>
        <translation>宽 {w} 米，高 {h} 米，深 {d} 米</translation>
    </message>
</context>
<context>
    <name>ImportFilesDialog</name>
    <message>
        <source>0 is to the left, 90 upwards</source>
        <translation>0 度向左，90 度向上</translation>
    </message>
    <message>
        <source>0 is upwards</source>
        <translation>0 度向上</translation>
    </message>
    <message>
        <source>Angles</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Begins later by</source>
        <translation>整体推迟</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Chains</source>
        <translation>连发</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>Durations</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Flights east by</source>
        <translation>航段东移</translation>
    </message>
    <message>
        <source>Flights north by</source>
        <translation>航段北移</translation>
    </message>
    <message>
        <source>Flights turned by</source>
        <translation>航段转动</translation>
    </message>
    <message>
        <source>Flights up by</source>
        <translation>航段上移</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Import {names}</source>
        <translation>导入 {names}</translation>
    </message>
    <message>
        <source>Prefire</source>
        <translation>提前量</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Times in .fin</source>
        <translation>.fin 中的时间</translation>
    </message>
    <message>
        <source>What could not be carried over, and what to look at</source>
        <translation>未能带入的内容与需要留意之处</translation>
    </message>
    <message>
        <source>a row is a shell</source>
        <translation>每行是一枚</translation>
    </message>
    <message>
        <source>are effects</source>
        <translation>是效果时间</translation>
    </message>
    <message>
        <source>are ignitions</source>
        <translation>是点火时间</translation>
    </message>
    <message>
        <source>as the file says</source>
        <translation>以文件为准</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>rows are one ignition</source>
        <translation>各行合为一次点火</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>{cues} ignitions and {drones} drones come over.</source>
        <translation>将带入 {cues} 个点火、{drones} 架无人机。</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>(not taken)</source>
        <translation>（不采用）</translation>
    </message>
    <message>
        <source>Address or home</source>
        <translation>地址或起飞点</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Position or drone</source>
        <translation>位置或无人机</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What {column} holds</source>
        <translation>“{column}”列的内容</translation>
    </message>
    <message>
        <source>flies until {time}</source>
        <translation>飞行至 {time}</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Properties of the selection</source>
        <translation>所选内容的属性</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>, points {m} m apart</source>
        <translation>，点距 {m} 米</translation>
    </message>
    <message>
        <source>, {n} fine strokes left out</source>
        <translation>，省去 {n} 笔细节</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Double-click inserts at the playhead</source>
        <translation>双击插入到播放头处</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Insert the motif at the playhead</source>
        <translation>把纹样插入到播放头处</translation>
    </message>
    <message>
        <source>Least spacing</source>
        <translation>最小间距</translation>
    </message>
    <message>
        <source>Library of motifs</source>
        <translation>纹样库</translation>
    </message>
    <message>
        <source>More settings of the motif</source>
        <translation>纹样的更多设置</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>Motifs</source>
        <translation>纹样</translation>
    </message>
    <message>
        <source>Opera mask</source>
        <translation>脸谱</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Search motifs</source>
        <translation>搜索纹样</translation>
    </message>
    <message>
        <source>as many as needed</source>
        <translation>按需要</translation>
    </message>
    <message>
        <source>black: upright</source>
        <translation>黑：刚直</translation>
    </message>
    <message>
        <source>blue: fierce</source>
        <translation>蓝：刚猛</translation>
    </message>
    <message>
        <source>green: rash</source>
        <translation>绿：莽撞</translation>
    </message>
    <message>
        <source>needs {need} of {have} drones</source>
        <translation>需要 {need} / {have} 架无人机</translation>
    </message>
    <message>
        <source>red: loyal</source>
        <translation>红：忠义</translation>
    </message>
    <message>
        <source>white: cunning</source>
        <translation>白：奸诈</translation>
    </message>
    <message>
        <source>yellow: shrewd</source>
        <translation>黄：精明</translation>
    </message>
</context>
<context>
    <name>LightStack</name>
    <message>
        <source>After arrival</source>
        <translation>到位后</translation>
    </message>
    <message>
        <source>Along</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Backwards</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>混合方式</translation>
    </message>
    <message>
        <source>Box: two corners x y z in metres. Sphere: middle and radius. Strokes: from, to, 0–1</source>
        <translation>方框：两个角点 x y z（米）。球：中心与半径。笔画：起、止，0–1</translation>
    </message>
    <message>
        <source>Choose a folder of pictures…</source>
        <translation>选择序列帧文件夹…</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Every beats (0: by the period)</source>
        <translation>每几拍一次（0：按周期）</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Follows the music</source>
        <translation>随音乐变化</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Least light</source>
        <translation>最低亮度</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>波长</translation>
    </message>
    <message>
        <source>Light layers</source>
        <translation>灯光图层</translation>
    </message>
    <message>
        <source>Listen to</source>
        <translation>取自</translation>
    </message>
    <message>
        <source>Lit part</source>
        <translation>点亮占比</translation>
    </message>
    <message>
        <source>Nothing heard yet</source>
        <translation>尚未提取音乐</translation>
    </message>
    <message>
        <source>One colour</source>
        <translation>单色</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Picture or film</source>
        <translation>图片或视频</translation>
    </message>
    <message>
        <source>Pictures (*.png *.ppm)</source>
        <translation>图片 (*.png *.ppm)</translation>
    </message>
    <message>
        <source>Points (empty: all)</source>
        <translation>点（空：全部）</translation>
    </message>
    <message>
        <source>Pulse</source>
        <translation>脉冲</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Region, numbers</source>
        <translation>区域数值</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seen from</source>
        <translation>观看位置</translation>
    </message>
    <message>
        <source>Soft edge</source>
        <translation>柔边</translation>
    </message>
    <message>
        <source>The show has no music to listen to</source>
        <translation>节目没有可提取的音乐</translation>
    </message>
    <message>
        <source>The show has no score to listen to</source>
        <translation>节目没有可提取的乐谱</translation>
    </message>
    <message>
        <source>To colour</source>
        <translation>渐变到</translation>
    </message>
    <message>
        <source>Twinkle</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Wave of light</source>
        <translation>光波</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>变脸（擦除）</translation>
    </message>
    <message>
        <source>adds</source>
        <translation>相加</translation>
    </message>
    <message>
        <source>along the strokes</source>
        <translation>沿笔画</translation>
    </message>
    <message>
        <source>bottom to top</source>
        <translation>从下到上</translation>
    </message>
    <message>
        <source>box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>covers</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>covers, keeps its shape</source>
        <translation>铺满并保持比例</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>from the middle</source>
        <translation>从中心向外</translation>
    </message>
    <message>
        <source>front to back</source>
        <translation>从前到后</translation>
    </message>
    <message>
        <source>high tones</source>
        <translation>高音</translation>
    </message>
    <message>
        <source>left to right</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>low tones</source>
        <translation>低音</translation>
    </message>
    <message>
        <source>middle tones</source>
        <translation>中音</translation>
    </message>
    <message>
        <source>multiplies</source>
        <translation>正片叠底</translation>
    </message>
    <message>
        <source>notes of the score</source>
        <translation>乐谱音符</translation>
    </message>
    <message>
        <source>screens</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>sphere</source>
        <translation>球</translation>
    </message>
    <message>
        <source>straight ahead</source>
        <translation>正前方</translation>
    </message>
    <message>
        <source>stretch of the strokes</source>
        <translation>笔画区段</translation>
    </message>
    <message>
        <source>stretched</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>strokes</source>
        <translation>击打点</translation>
    </message>
    <message>
        <source>the brighter</source>
        <translation>取较亮</translation>
    </message>
    <message>
        <source>the whole sound</source>
        <translation>整体响度</translation>
    </message>
    <message>
        <source>{what}, {s:.1f} s</source>
        <translation>{what}，{s:.1f} 秒</translation>
    </message>
    <message>
        <source>{w} × {h} pixels, {n} pictures</source>
        <translation>{w} × {h} 像素，{n} 帧</translation>
    </message>
</context>
<context>
    <name>LoadDialog</name>
    <message>
        <source>Acceleration (m/s²)</source>
        <translation>加速度 (m/s²)</translation>
    </message>
    <message>
        <source>Fireworks of fleet {name}</source>
        <translation>机队 {name} 的机载焰火</translation>
    </message>
    <message>
        <source>Flight numbers need the mass that they hold for</source>
        <translation>填写飞行参数前须先填写对应的质量</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Speed across (m/s)</source>
        <translation>水平速度 (m/s)</translation>
    </message>
    <message>
        <source>Speed down (m/s)</source>
        <translation>下降速度 (m/s)</translation>
    </message>
    <message>
        <source>Speed up (m/s)</source>
        <translation>上升速度 (m/s)</translation>
    </message>
    <message>
        <source>The mass of a charge is missing</source>
        <translation>有药件未填写质量</translation>
    </message>
    <message>
        <source>Time in the air (s)</source>
        <translation>续航时间 (s)</translation>
    </message>
    <message>
        <source>Under drones</source>
        <translation>挂载于</translation>
    </message>
    <message>
        <source>Wind (m/s)</source>
        <translation>抗风 (m/s)</translation>
    </message>
    <message>
        <source>all of the fleet</source>
        <translation>全部无人机</translation>
    </message>
    <message>
        <source>who states these numbers</source>
        <translation>参数出处</translation>
    </message>
    <message>
        <source>{g:.0f} g under each drone</source>
        <translation>每架挂载 {g:.0f} 克</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Accessibility tree written to {file}</source>
        <translation>无障碍树已写入 {file}</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>编址表</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>菜单栏</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Show editor</source>
        <translation>演出编辑器</translation>
    </message>
    <message>
        <source>Storyboard</source>
        <translation>分镜板</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>MarkerForm</name>
    <message>
        <source>Marker</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>演出(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Transport</source>
        <translation>走带(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>Beats</source>
        <translation>拍</translation>
    </message>
    <message>
        <source>Camera &amp;bookmarks</source>
        <translation>视角书签(&amp;B)</translation>
    </message>
    <message>
        <source>Cues and scenes</source>
        <translation>点火与画面</translation>
    </message>
    <message>
        <source>Eight-counts</source>
        <translation>八拍</translation>
    </message>
    <message>
        <source>Go to view {n}</source>
        <translation>转到视角 {n}</translation>
    </message>
    <message>
        <source>Markers and acts</source>
        <translation>标记与篇章</translation>
    </message>
    <message>
        <source>No recent shows</source>
        <translation>没有最近的演出</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Snap &amp;to</source>
        <translation>吸附到(&amp;T)</translation>
    </message>
    <message>
        <source>Store as view {n}</source>
        <translation>存为视角 {n}</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>工具栏</translation>
    </message>
</context>
<context>
    <name>MotionStack</name>
    <message>
        <source>About</source>
        <translation>转轴</translation>
    </message>
    <message>
        <source>After arrival</source>
        <translation>到位后</translation>
    </message>
    <message>
        <source>Amplitude</source>
        <translation>幅度</translation>
    </message>
    <message>
        <source>By</source>
        <translation>转角</translation>
    </message>
    <message>
        <source>Dance of a figure</source>
        <translation>人物动作</translation>
    </message>
    <message>
        <source>Dance of a figure (BVH)…</source>
        <translation>人物动作 (BVH)…</translation>
    </message>
    <message>
        <source>Follow a path</source>
        <translation>沿路径移动</translation>
    </message>
    <message>
        <source>Grows to</source>
        <translation>放大到</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>变为</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>波长</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>摆动方向</translation>
    </message>
    <message>
        <source>No other formation has as many points</source>
        <translation>没有点数相同的其他队形</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Points from where it stands, in metres: right away up; right away up; …</source>
        <translation>以所在位置为起点的路径点（米）：右 前 上；右 前 上；…</translation>
    </message>
    <message>
        <source>Recorded figures (*.bvh)</source>
        <translation>动作捕捉文件 (*.bvh)</translation>
    </message>
    <message>
        <source>Recorded {s:.1f} s; played at {pace:.2f} times that pace</source>
        <translation>原录制 {s:.1f} 秒；以 {pace:.2f} 倍速播放</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>传播方向</translation>
    </message>
    <message>
        <source>Scatter and gather</source>
        <translation>散开再聚拢</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Strays</source>
        <translation>随机偏移</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>途经</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turn into another formation</source>
        <translation>变形为另一队形</translation>
    </message>
    <message>
        <source>Wave</source>
        <translation>波浪</translation>
    </message>
    <message>
        <source>across</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>front to back</source>
        <translation>从前到后</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>竖直</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Marker</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Name of the marker</source>
        <translation>标记名称</translation>
    </message>
</context>
<context>
    <name>NewFormationDialog</name>
    <message>
        <source>Along its contours</source>
        <translation>沿轮廓线</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>As it is drawn</source>
        <translation>按原图</translation>
    </message>
    <message>
        <source>Centre line</source>
        <translation>中心线</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>请选择文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Drag to turn, double-click for the front</source>
        <translation>拖动旋转，双击回到正面</translation>
    </message>
    <message>
        <source>Draw from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Draw from a file</source>
        <translation>从文件绘制</translation>
    </message>
    <message>
        <source>Drawings, pictures, meshes, points ({kinds});;All files (*)</source>
        <translation>图形、图片、网格、点表 ({kinds});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Drawn as</source>
        <translation>画法</translation>
    </message>
    <message>
        <source>Evenly over the surface</source>
        <translation>均匀布满表面</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Insert at the playhead</source>
        <translation>插入到播放头处</translation>
    </message>
    <message>
        <source>Least spacing</source>
        <translation>最小间距</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>左右镜像</translation>
    </message>
    <message>
        <source>Motif</source>
        <translation>纹样</translation>
    </message>
    <message>
        <source>New formation</source>
        <translation>新建编队</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>架数</translation>
    </message>
    <message>
        <source>Number of drones</source>
        <translation>无人机架数</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Preview of the points</source>
        <translation>点位预览</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>SVG, picture, mesh (OBJ, STL, PLY, GLB) or table of points (CSV)</source>
        <translation>SVG、图片、网格模型（OBJ、STL、PLY、GLB）或点表（CSV）</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Stippled by tone</source>
        <translation>按明暗点画</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Type one or a few characters</source>
        <translation>请输入一个或几个字</translation>
    </message>
    <message>
        <source>as many drones as it needs</source>
        <translation>按需要的架数</translation>
    </message>
    <message>
        <source>at most this many drones</source>
        <translation>最多这么多架</translation>
    </message>
    <message>
        <source>exactly this many drones</source>
        <translation>正好这么多架</translation>
    </message>
    <message>
        <source>exactly this many, as small as fits</source>
        <translation>正好这么多架，尽量小</translation>
    </message>
    <message>
        <source>for example 火</source>
        <translation>例如 火</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>{value} does not lie between {low} and {high}</source>
        <translation>{value} 不在 {low} 与 {high} 之间</translation>
    </message>
    <message>
        <source>“{text}” is not a number</source>
        <translation>“{text}”不是数字</translation>
    </message>
</context>
<context>
    <name>PalettePanel</name>
    <message>
        <source>Cakes</source>
        <translation>组合烟花</translation>
    </message>
    <message>
        <source>Candles</source>
        <translation>罗马烛光</translation>
    </message>
    <message>
        <source>Comets</source>
        <translation>彗星</translation>
    </message>
    <message>
        <source>Drag onto a flight, or double-click to insert at the playhead</source>
        <translation>拖到飞行轨道上，或双击插入到播放头</translation>
    </message>
    <message>
        <source>Drag onto a track, or double-click to insert at the playhead</source>
        <translation>拖到轨道上，或双击插入到播放头</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏到</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Fire from</source>
        <translation>燃放于</translation>
    </message>
    <message>
        <source>Firing position of new cues</source>
        <translation>新点火的燃放点位</translation>
    </message>
    <message>
        <source>Flames</source>
        <translation>火焰</translation>
    </message>
    <message>
        <source>Formations</source>
        <translation>编队</translation>
    </message>
    <message>
        <source>Fountains</source>
        <translation>喷花</translation>
    </message>
    <message>
        <source>Lanterns</source>
        <translation>孔明灯</translation>
    </message>
    <message>
        <source>Mines</source>
        <translation>花束</translation>
    </message>
    <message>
        <source>Motifs</source>
        <translation>纹样</translation>
    </message>
    <message>
        <source>New formation from a motif or a file</source>
        <translation>由纹样或文件新建编队</translation>
    </message>
    <message>
        <source>New text formation</source>
        <translation>新建文字编队</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Palette pages</source>
        <translation>素材页</translation>
    </message>
    <message>
        <source>Search effects</source>
        <translation>搜索效果</translation>
    </message>
    <message>
        <source>Search, or type a description and press Enter</source>
        <translation>搜索，或输入效果描述后回车</translation>
    </message>
    <message>
        <source>Set pieces</source>
        <translation>架子烟花</translation>
    </message>
    <message>
        <source>Shells</source>
        <translation>礼花弹</translation>
    </message>
    <message>
        <source>Single shots</source>
        <translation>单发</translation>
    </message>
    <message>
        <source>Smoke</source>
        <translation>烟雾</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>舞台特效</translation>
    </message>
    <message>
        <source>Text…</source>
        <translation>文字…</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>PlotsPanel</name>
    <message>
        <source>Acceleration, m/s²</source>
        <translation>加速度（米/秒²）</translation>
    </message>
    <message>
        <source>Curves of {names}</source>
        <translation>曲线：{names}</translation>
    </message>
    <message>
        <source>Drones</source>
        <translation>无人机</translation>
    </message>
    <message>
        <source>Drones whose curves are drawn</source>
        <translation>要画曲线的无人机</translation>
    </message>
    <message>
        <source>Hardest flown</source>
        <translation>最接近限值</translation>
    </message>
    <message>
        <source>Nearest pair of the show, m</source>
        <translation>全场最近的一对（米）</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Speed sideways, m/s</source>
        <translation>水平速度（米/秒）</translation>
    </message>
    <message>
        <source>Speed upwards, m/s</source>
        <translation>垂直速度（米/秒）</translation>
    </message>
    <message>
        <source>Speed, acceleration and distance over time</source>
        <translation>速度、加速度和距离随时间的变化</translation>
    </message>
    <message>
        <source>The drones that come nearest to their limits</source>
        <translation>最接近各项限值的无人机</translation>
    </message>
    <message>
        <source>The show has no drones yet</source>
        <translation>演出中还没有无人机</translation>
    </message>
    <message>
        <source>is being computed…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>least {m} m at {at}: {a} and {b}</source>
        <translation>最小 {m} 米，{at}：{a} 与 {b}</translation>
    </message>
    <message>
        <source>names or numbers, for example 1-3, 12; empty: the hardest</source>
        <translation>名称或编号，例如 1-3, 12；留空：最接近限值者</translation>
    </message>
    <message>
        <source>nearest pair</source>
        <translation>最近的一对</translation>
    </message>
    <message>
        <source>nobody comes within {m} m</source>
        <translation>没有任何两架接近到 {m} 米以内</translation>
    </message>
</context>
<context>
    <name>PointsDialog</name>
    <message>
        <source>Add a point</source>
        <translation>添加点</translation>
    </message>
    <message>
        <source>Add mirrored twins</source>
        <translation>添加镜像点</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>向远</translation>
    </message>
    <message>
        <source>Click or draw a box to select, drag to move (Shift: one axis), double-click to add.</source>
        <translation>单击或框选，拖动移动（按 Shift 只沿一个轴），双击添加。</translation>
    </message>
    <message>
        <source>Delete points</source>
        <translation>删除点</translation>
    </message>
    <message>
        <source>From above (audience below)</source>
        <translation>俯视（观众在下方）</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>正面</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>左右镜像</translation>
    </message>
    <message>
        <source>Points by hand</source>
        <translation>手动布点</translation>
    </message>
    <message>
        <source>Points from above</source>
        <translation>俯视的点位</translation>
    </message>
    <message>
        <source>Points from the front</source>
        <translation>正面的点位</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>向右</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>向上</translation>
    </message>
    <message>
        <source>nearest two {m} m apart, at least {limit} m</source>
        <translation>最近两点相距 {m} 米，至少需 {limit} 米</translation>
    </message>
    <message>
        <source>{n} of {all} points selected · needs {all} of {have} drones</source>
        <translation>已选 {n} / {all} 个点 · 需要 {all} / {have} 架无人机</translation>
    </message>
</context>
<context>
    <name>PositionForm</name>
    <message>
        <source>East</source>
        <translation>东</translation>
    </message>
    <message>
        <source>Firing position</source>
        <translation>燃放点位</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>North</source>
        <translation>北</translation>
    </message>
    <message>
        <source>Rack tilt</source>
        <translation>炮架倾角</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>高</translation>
    </message>
</context>
<context>
    <name>Publishing</name>
    <message>
        <source>Every byte in {folder} is as it was published.</source>
        <translation>{folder} 中的每个字节都与发布时一致。</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Verify a published folder</source>
        <translation>校验已发布的文件夹</translation>
    </message>
    <message>
        <source>{folder} differs from its receipt.</source>
        <translation>{folder} 与收据不一致。</translation>
    </message>
</context>
<context>
    <name>RecordedFlightsDialog</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Begins at (s)</source>
        <translation>开始于（秒）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Drones</source>
        <translation>无人机数</translation>
    </message>
    <message>
        <source>East (m)</source>
        <translation>东（米）</translation>
    </message>
    <message>
        <source>Flown</source>
        <translation>飞行</translation>
    </message>
    <message>
        <source>From (s of the file)</source>
        <translation>截取自（文件秒）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Names begin with</source>
        <translation>名称前缀</translation>
    </message>
    <message>
        <source>North (m)</source>
        <translation>北（米）</translation>
    </message>
    <message>
        <source>Recorded flights</source>
        <translation>录制航段</translation>
    </message>
    <message>
        <source>Remove the chosen</source>
        <translation>移除所选</translation>
    </message>
    <message>
        <source>The paths stay as they were read; a part that begins or ends in the air stops the export.</source>
        <translation>航迹保持读入时的原样；若所截取部分在空中开始或结束，将阻止导出。</translation>
    </message>
    <message>
        <source>To (s of the file)</source>
        <translation>截取至（文件秒）</translation>
    </message>
    <message>
        <source>Turned (°)</source>
        <translation>转动（°）</translation>
    </message>
    <message>
        <source>Up (m)</source>
        <translation>上（米）</translation>
    </message>
    <message>
        <source>row {row} is not whole</source>
        <translation>第 {row} 行不完整</translation>
    </message>
    <message>
        <source>row {row}, {column}: a number was expected, found “{text}”</source>
        <translation>第 {row} 行“{column}”：应填数字，实为“{text}”</translation>
    </message>
</context>
<context>
    <name>Reporter</name>
    <message>
        <source>That did not work</source>
        <translation>未能完成</translation>
    </message>
    <message>
        <source>The last action failed; your show is unharmed. Please save and report this.</source>
        <translation>刚才的操作失败，演出没有受损。请保存并报告此问题。</translation>
    </message>
    <message>
        <source>The program made a mistake</source>
        <translation>程序出错</translation>
    </message>
</context>
<context>
    <name>RuleRows</name>
    <message>
        <source>Day of the show</source>
        <translation>演出日期</translation>
    </message>
    <message>
        <source>Fireworks up to</source>
        <translation>烟花限高</translation>
    </message>
    <message>
        <source>How high fireworks may get above the surveyed origin by the permit</source>
        <translation>许可的烟花最大高度（相对测量原点）</translation>
    </message>
    <message>
        <source>Least height above the mortar at which stars of shells may still burn</source>
        <translation>礼花弹星体仍在燃烧时距炮筒的最低高度</translation>
    </message>
    <message>
        <source>Rule pack</source>
        <translation>规则包</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Stars burn out above</source>
        <translation>星体熄灭高度</translation>
    </message>
    <message>
        <source>The day of the show</source>
        <translation>演出日期</translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>YYYY-MM-DD</translation>
    </message>
    <message>
        <source>YYYY-MM-DD; rule packs hold on some days and not on others</source>
        <translation>YYYY-MM-DD；规则包只在一定日期内有效</translation>
    </message>
</context>
<context>
    <name>SafetyLayers</name>
    <message>
        <source>Clear the landing scatter</source>
        <translation>清除落点散布</translation>
    </message>
    <message>
        <source>Keep-outs of the selection</source>
        <translation>所选点火的禁入区</translation>
    </message>
    <message>
        <source>Landing scatter</source>
        <translation>落点散布</translation>
    </message>
    <message>
        <source>Safety distances</source>
        <translation>安全距离</translation>
    </message>
    <message>
        <source>Sparks under drones</source>
        <translation>无人机下的火花</translation>
    </message>
    <message>
        <source>Where duds can land</source>
        <translation>哑弹可能的落区</translation>
    </message>
</context>
<context>
    <name>ScatterDialog</name>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>计算于</translation>
    </message>
    <message>
        <source>Debris</source>
        <translation>纸屑残渣</translation>
    </message>
    <message>
        <source>Drones without power</source>
        <translation>断电的无人机</translation>
    </message>
    <message>
        <source>Duds</source>
        <translation>哑弹</translation>
    </message>
    <message>
        <source>Landing scatter</source>
        <translation>落点散布</translation>
    </message>
    <message>
        <source>Lets every shell come down as a dud, paper drift from every break and every drone lose its power, many times, each time in another wind and with other errors. The areas that hold 50, 95 and 99.9 % of the landings are drawn on the ground. The same seed gives the same areas.</source>
        <translation>让每发礼花弹都以哑弹落下、每次开爆都飘落纸屑、每架无人机都断电坠落，反复多次，每次的风和误差各不相同。包含 50 %、95 % 和 99.9 % 落点的区域画在地面上。种子相同，区域相同。</translation>
    </message>
    <message>
        <source>Nothing comes down: no shells, no drones.</source>
        <translation>没有落物：既无礼花弹，也无无人机。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>this machine; or the address of a Dask scheduler</source>
        <translation>本机；或填写 Dask 调度器的地址</translation>
    </message>
    <message>
        <source>{name}: {n} landings, 95 % on {area} m², {share} % at the audience</source>
        <translation>{name}：{n} 个落点，95 % 落在 {area} m² 内，{share} % 落在观众区</translation>
    </message>
</context>
<context>
    <name>SceneForm</name>
    <message>
        <source>A time such as 1:02.4, or bar.beat.tick such as 17.3.0</source>
        <translation>时间如 1:02.4，或 小节.拍.分 如 17.3.0</translation>
    </message>
    <message>
        <source>Add a colour</source>
        <translation>添加颜色</translation>
    </message>
    <message>
        <source>Arrives</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>East</source>
        <translation>东</translation>
    </message>
    <message>
        <source>Fireworks on drones</source>
        <translation>机载焰火</translation>
    </message>
    <message>
        <source>Formation</source>
        <translation>编队</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Heading of the noses</source>
        <translation>机头航向</translation>
    </message>
    <message>
        <source>Held for</source>
        <translation>停留</translation>
    </message>
    <message>
        <source>Lean</source>
        <translation>后仰</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>灯光</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>North</source>
        <translation>北</translation>
    </message>
    <message>
        <source>Noses</source>
        <translation>机头</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Scene {id}</source>
        <translation>画面 {id}</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Turn while held</source>
        <translation>保持期间转动</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>高</translation>
    </message>
    <message>
        <source>What the fleet carries…</source>
        <translation>机队挂载…</translation>
    </message>
    <message>
        <source>When</source>
        <translation>何时</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>何处</translation>
    </message>
    <message>
        <source>needs {need} of {have} drones</source>
        <translation>需要 {need} 架，共 {have} 架</translation>
    </message>
    <message>
        <source>nowhere: nobody turns</source>
        <translation>不转动</translation>
    </message>
    <message>
        <source>outwards</source>
        <translation>朝外</translation>
    </message>
    <message>
        <source>to a heading</source>
        <translation>朝指定航向</translation>
    </message>
    <message>
        <source>to the middle</source>
        <translation>朝中心</translation>
    </message>
    <message>
        <source>{n} more keys</source>
        <translation>还有 {n} 个光键</translation>
    </message>
    <message>
        <source>{n} scenes</source>
        <translation>{n} 个画面</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Alt + drag</source>
        <translation>Alt + 拖动</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Camera bookmarks: store, recall</source>
        <translation>视角书签：存储、调用</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>命令与按键</translation>
    </message>
    <message>
        <source>Copy while dragging</source>
        <translation>拖动时复制</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>Ctrl while dragging</source>
        <translation>拖动时按 Ctrl</translation>
    </message>
    <message>
        <source>Favourite effects: set, insert</source>
        <translation>收藏效果：设定、插入</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Loop range</source>
        <translation>循环范围</translation>
    </message>
    <message>
        <source>Move blooms and scenes</source>
        <translation>移动绽放与画面</translation>
    </message>
    <message>
        <source>Only in time, or only to another track</source>
        <translation>只改时间，或只换轨道</translation>
    </message>
    <message>
        <source>Scroll in time</source>
        <translation>沿时间滚动</translation>
    </message>
    <message>
        <source>Scroll the tracks</source>
        <translation>滚动轨道</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Shift + 拖动</translation>
    </message>
    <message>
        <source>Shift + wheel</source>
        <translation>Shift + 滚轮</translation>
    </message>
    <message>
        <source>Without snapping</source>
        <translation>不吸附</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>drag on the bars of the ruler</source>
        <translation>在标尺的小节行上拖动</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>滚轮</translation>
    </message>
</context>
<context>
    <name>ShowForm</name>
    <message>
        <source>0: the same at every height; 0.15: usual over open country</source>
        <translation>0：各高度风速相同；0.15：开阔地带常用值</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>加速度</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Audience faces</source>
        <translation>观众朝向</translation>
    </message>
    <message>
        <source>Bar 1 at</source>
        <translation>第 1 小节在</translation>
    </message>
    <message>
        <source>Designer</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Drone model</source>
        <translation>机型</translation>
    </message>
    <message>
        <source>Drones</source>
        <translation>无人机</translation>
    </message>
    <message>
        <source>Fleet size</source>
        <translation>机群数量</translation>
    </message>
    <message>
        <source>Flight limits (can only tighten the model's)</source>
        <translation>飞行限值（只能比机型更严）</translation>
    </message>
    <message>
        <source>From: {source}</source>
        <translation>来源：{source}</translation>
    </message>
    <message>
        <source>Least spacing</source>
        <translation>最小间距</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>音乐</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No music yet: File &gt; Import music</source>
        <translation>尚无音乐：文件 &gt; 导入音乐</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>演出</translation>
    </message>
    <message>
        <source>Sideways only above</source>
        <translation>横移最低高度</translation>
    </message>
    <message>
        <source>Sound starts</source>
        <translation>声音起点</translation>
    </message>
    <message>
        <source>Speed across</source>
        <translation>水平速度</translation>
    </message>
    <message>
        <source>Speed down</source>
        <translation>下降速度</translation>
    </message>
    <message>
        <source>Speed up</source>
        <translation>上升速度</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Venue</source>
        <translation>场地</translation>
    </message>
    <message>
        <source>White lamps</source>
        <translation>白光灯珠</translation>
    </message>
    <message>
        <source>Wind</source>
        <translation>风速</translation>
    </message>
    <message>
        <source>Wind from</source>
        <translation>风向（来自）</translation>
    </message>
    <message>
        <source>Wind grows, exponent</source>
        <translation>风随高度增长指数</translation>
    </message>
</context>
<context>
    <name>SlowMotion</name>
    <message>
        <source>(at least {limit} m)</source>
        <translation>（至少 {limit} 米）</translation>
    </message>
    <message>
        <source>Back to where the playhead, the loop and the camera were</source>
        <translation>播放头、循环与镜头恢复原状</translation>
    </message>
    <message>
        <source>Conflict in slow motion</source>
        <translation>冲突慢动作</translation>
    </message>
    <message>
        <source>End (Esc)</source>
        <translation>结束 (Esc)</translation>
    </message>
    <message>
        <source>nothing near at this moment</source>
        <translation>此刻附近没有冲突</translation>
    </message>
    <message>
        <source>{a} – {b}: {gap} m</source>
        <translation>{a} – {b}：{gap} 米</translation>
    </message>
    <message>
        <source>{a}: {depth} m inside the keep-out</source>
        <translation>{a}：深入禁入区 {depth} 米</translation>
    </message>
    <message>
        <source>{a}: {gap} m outside the keep-out</source>
        <translation>{a}：距禁入区 {gap} 米</translation>
    </message>
</context>
<context>
    <name>Stack</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Earlier in the list</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Later in the list</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>3D picture</source>
        <translation>三维画面</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>三维视图</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>电影</translation>
    </message>
    <message>
        <source>Firing positions</source>
        <translation>燃放点位</translation>
    </message>
    <message>
        <source>Geofence</source>
        <translation>电子围栏</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>No seats in this venue</source>
        <translation>此场地没有观看位</translation>
    </message>
    <message>
        <source>No view is stored under {n}; Ctrl+Alt+{n} stores one</source>
        <translation>视角 {n} 尚未存储；Ctrl+Alt+{n} 可存储</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>航迹</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>画质</translation>
    </message>
    <message>
        <source>Quality of the picture</source>
        <translation>画面质量</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>观看位</translation>
    </message>
    <message>
        <source>See the show from a seat</source>
        <translation>从观看位看演出</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>The show at the playhead. Drag turns, right drag moves, wheel zooms.</source>
        <translation>播放头处的演出。拖动旋转，右键拖动平移，滚轮缩放。</translation>
    </message>
    <message>
        <source>View {n} stored; Alt+{n} brings it back</source>
        <translation>视角 {n} 已存储；Alt+{n} 可调用</translation>
    </message>
    <message>
        <source>What is drawn over the picture</source>
        <translation>画面上叠加显示的内容</translation>
    </message>
    <message>
        <source>Where drones fly, as lines</source>
        <translation>以线条显示无人机的飞行路径</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>区域</translation>
    </message>
</context>
<context>
    <name>StatedField</name>
    <message>
        <source>not stated</source>
        <translation>未填写</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Bar and beat {t}</source>
        <translation>小节与拍 {t}</translation>
    </message>
    <message>
        <source>Bar, beat and tick</source>
        <translation>小节、拍、分</translation>
    </message>
    <message>
        <source>Clock: sound card</source>
        <translation>时钟：声卡</translation>
    </message>
    <message>
        <source>No musical time</source>
        <translation>没有音乐时间</translation>
    </message>
    <message>
        <source>No tempo</source>
        <translation>没有速度</translation>
    </message>
    <message>
        <source>Safety check: {state}</source>
        <translation>安全检查：{state}</translation>
    </message>
    <message>
        <source>Show time</source>
        <translation>演出时间</translation>
    </message>
    <message>
        <source>Show time {t}</source>
        <translation>演出时间 {t}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>The safety check; a click shows the findings</source>
        <translation>安全检查；点击显示检查结果</translation>
    </message>
    <message>
        <source>Virtual clock (no sound card)</source>
        <translation>虚拟时钟（无声卡）</translation>
    </message>
    <message>
        <source>check failed</source>
        <translation>检查失败</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>检查中…</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>stops: {n}</source>
        <translation>阻止：{n}</translation>
    </message>
    <message>
        <source>warnings: {n}</source>
        <translation>警告：{n}</translation>
    </message>
    <message>
        <source>{cues} cues · {drones} drones</source>
        <translation>{cues} 个点火 · {drones} 架无人机</translation>
    </message>
    <message>
        <source>{n} BPM</source>
        <translation>{n} 拍/分</translation>
    </message>
    <message>
        <source>{n} selected · {rest}</source>
        <translation>已选 {n} 项 · {rest}</translation>
    </message>
</context>
<context>
    <name>StoryboardPanel</name>
    <message>
        <source>Cards of the scenes</source>
        <translation>画面卡片</translation>
    </message>
    <message>
        <source>No scene yet: insert a formation from the palette</source>
        <translation>还没有画面：请从素材面板插入编队</translation>
    </message>
    <message>
        <source>On another beat now, since they follow the score: {names}</source>
        <translation>跟随乐谱，现落在别的拍点：{names}</translation>
    </message>
    <message>
        <source>Properties…</source>
        <translation>属性…</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Scenes in order</source>
        <translation>按顺序排列的画面</translation>
    </message>
    <message>
        <source>Seat that the cards are seen from</source>
        <translation>卡片所取的观看位</translation>
    </message>
    <message>
        <source>Seen from</source>
        <translation>观看位置</translation>
    </message>
    <message>
        <source>Storyboard</source>
        <translation>分镜板</translation>
    </message>
    <message>
        <source>Turn and lean to the seats</source>
        <translation>朝向并俯向观看位</translation>
    </message>
    <message>
        <source>Turn to the seats</source>
        <translation>朝向观看位</translation>
    </message>
    <message>
        <source>the front</source>
        <translation>正前方</translation>
    </message>
    <message>
        <source>{flight} · {n} drones</source>
        <translation>{flight} · {n} 架无人机</translation>
    </message>
    <message>
        <source>{n} scenes · drag a card to change the order</source>
        <translation>{n} 个画面 · 拖动卡片调整顺序</translation>
    </message>
</context>
<context>
    <name>StoryboardRows</name>
    <message>
        <source>{at} · holds {n} s</source>
        <translation>{at} · 保持 {n} 秒</translation>
    </message>
    <message>
        <source>{name}: click jumps there, drag changes the order</source>
        <translation>{name}：单击跳到该处，拖动可调整顺序</translation>
    </message>
    <message>
        <source>{n} of {m} drones</source>
        <translation>用 {n} / {m} 架</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
</context>
<context>
    <name>Tapping</name>
    <message>
        <source>Tap {n}; at least {least}</source>
        <translation>已敲 {n} 下；至少 {least} 下</translation>
    </message>
    <message>
        <source>{n} beats a minute</source>
        <translation>每分钟 {n} 拍</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>multiple</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>TextFormationDialog</name>
    <message>
        <source>Answer</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Centre line</source>
        <translation>中线</translation>
    </message>
    <message>
        <source>Drawn as</source>
        <translation>画法</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Height of a line</source>
        <translation>字高</translation>
    </message>
    <message>
        <source>Least spacing</source>
        <translation>最小间距</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Preview of the points</source>
        <translation>点阵预览</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Text formation</source>
        <translation>文字编队</translation>
    </message>
    <message>
        <source>Type one or a few characters</source>
        <translation>请输入一个或几个字</translation>
    </message>
    <message>
        <source>for example 火</source>
        <translation>例如 火</translation>
    </message>
</context>
<context>
    <name>TimecodeDialog</name>
    <message>
        <source>24 frames a second (film)</source>
        <translation>每秒 24 帧（电影）</translation>
    </message>
    <message>
        <source>25 frames a second (EBU)</source>
        <translation>每秒 25 帧（EBU）</translation>
    </message>
    <message>
        <source>29.97 frames a second, drop frame</source>
        <translation>每秒 29.97 帧，丢帧（DF）</translation>
    </message>
    <message>
        <source>29.97 frames a second, non-drop</source>
        <translation>每秒 29.97 帧，不丢帧（NDF）</translation>
    </message>
    <message>
        <source>30 frames a second</source>
        <translation>每秒 30 帧</translation>
    </message>
    <message>
        <source>A new line within a caption is written as a slash between spaces ( / ).</source>
        <translation>字幕中的换行写作前后带空格的斜线（ / ）。</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Cue</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Date in the user bits (empty: none)</source>
        <translation>用户位中的日期（留空则无）</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Label at show zero</source>
        <translation>演出零点的时码</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Moments are times (1:02.4) or bar.beat.tick. Messages: osc /eos/cue/1/fire 1 0.5 · msc lighting go 12.5 1 @3 · dmx 1/10 255 0 128 in 2. Without a message the cue is called.</source>
        <translation>时刻写作时间（1:02.4）或 小节.拍.刻度。消息示例：osc /eos/cue/1/fire 1 0.5 · msc lighting go 12.5 1 @3 · dmx 1/10 255 0 128 in 2。没有消息的提示由舞台监督口头呼叫。</translation>
    </message>
    <message>
        <source>Narration and subtitles</source>
        <translation>旁白与字幕</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Pre-roll</source>
        <translation>预卷</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>讲话人</translation>
    </message>
    <message>
        <source>Stage cues</source>
        <translation>舞台提示</translation>
    </message>
    <message>
        <source>The code runs from {first}; show zero is {zero}, the show's end {end}.</source>
        <translation>时码从 {first} 开始；演出零点为 {zero}，结束于 {end}。</translation>
    </message>
    <message>
        <source>Time zone of the date</source>
        <translation>日期所在时区</translation>
    </message>
    <message>
        <source>Timecode</source>
        <translation>时码</translation>
    </message>
    <message>
        <source>Timecode and stage</source>
        <translation>时码与舞台</translation>
    </message>
</context>
<context>
    <name>TimecodeRows</name>
    <message>
        <source>Frames a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Label at show zero</source>
        <translation>演出零点的时码</translation>
    </message>
    <message>
        <source>Pre-roll</source>
        <translation>预卷</translation>
    </message>
    <message>
        <source>Timecode</source>
        <translation>时码</translation>
    </message>
    <message>
        <source>{cues} stage cues, {captions} captions (Show &gt; Timecode and stage)</source>
        <translation>{cues} 个舞台提示，{captions} 条字幕（演出 &gt; 时码与舞台）</translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message>
        <source>Acts</source>
        <translation>篇章</translation>
    </message>
    <message>
        <source>Acts, emotion curve, music, drone flights and firework tracks. Arrow keys go from cue to cue.</source>
        <translation>篇章、情绪曲线、音乐、无人机飞行与焰火轨道。左右方向键逐个跳到点火。</translation>
    </message>
    <message>
        <source>Emotion curve</source>
        <translation>情绪曲线</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>音乐</translation>
    </message>
    <message>
        <source>RIPPLE</source>
        <translation>波纹</translation>
    </message>
    <message>
        <source>Time / bar</source>
        <translation>时间 / 小节</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Timeline lanes</source>
        <translation>时间线轨道区</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>beat</source>
        <translation>拍</translation>
    </message>
    <message>
        <source>eight-count</source>
        <translation>八拍</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>second</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>{n} cues</source>
        <translation>{n} 个点火</translation>
    </message>
    <message>
        <source>{n} drones</source>
        <translation>{n} 架无人机</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>已选 {n} 项</translation>
    </message>
</context>
<context>
    <name>TrackForm</name>
    <message>
        <source>Firework track</source>
        <translation>焰火轨道</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Muted: not part of the plan</source>
        <translation>静音：不参与编排</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Select its cues</source>
        <translation>选择其点火</translation>
    </message>
    <message>
        <source>{n} cues</source>
        <translation>{n} 个点火</translation>
    </message>
</context>
<context>
    <name>TriggerStack</name>
    <message>
        <source>After arrival</source>
        <translation>到位后</translation>
    </message>
    <message>
        <source>Beginning with</source>
        <translation>从第几架起</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Every n-th</source>
        <translation>每隔几架</translation>
    </message>
    <message>
        <source>First to last</source>
        <translation>首末间隔</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Points (empty: all)</source>
        <translation>点（空：全部）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>触发</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>触发</translation>
    </message>
    <message>
        <source>all together</source>
        <translation>同时</translation>
    </message>
    <message>
        <source>along the strokes</source>
        <translation>沿笔画</translation>
    </message>
    <message>
        <source>at random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>bottom to top</source>
        <translation>从下到上</translation>
    </message>
    <message>
        <source>from outside to the middle</source>
        <translation>由外向内</translation>
    </message>
    <message>
        <source>from the middle outwards</source>
        <translation>由内向外</translation>
    </message>
    <message>
        <source>left to right</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>right to left</source>
        <translation>从右到左</translation>
    </message>
    <message>
        <source>top to bottom</source>
        <translation>从上到下</translation>
    </message>
    <message>
        <source>{s:g} s · channel {n} · {order}</source>
        <translation>{s:g} 秒 · 通道 {n} · {order}</translation>
    </message>
</context>
<context>
    <name>UnstatedLimitRows</name>
    <message>
        <source>All down within</source>
        <translation>全部落地时限</translation>
    </message>
    <message>
        <source>Downwash height</source>
        <translation>下洗流高度</translation>
    </message>
    <message>
        <source>Downwash radius</source>
        <translation>下洗流半径</translation>
    </message>
    <message>
        <source>Jerk</source>
        <translation>加加速度</translation>
    </message>
    <message>
        <source>Light changes</source>
        <translation>灯光变化频率</translation>
    </message>
    <message>
        <source>The downwash needs both a radius and a height: state the other too</source>
        <translation>下洗流须同时填写半径和高度，请填写另一项</translation>
    </message>
    <message>
        <source>Time in the air</source>
        <translation>留空时间</translation>
    </message>
    <message>
        <source>Turning rate</source>
        <translation>偏航角速度</translation>
    </message>
</context>
<context>
    <name>WaiverDialog</name>
    <message>
        <source>Accept a warning</source>
        <translation>签认警告</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>For every finding of this code, also for those that come later</source>
        <translation>适用于此代码的全部发现，包括以后出现的</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>The warning becomes a note that says by whom; name and reason go into the show and the receipt. When more cues or drones are concerned than now, it warns again.</source>
        <translation>警告将变为注明签认人的提示；姓名与理由写入节目和收据。若涉及的点火或无人机比现在更多，会再次警告。</translation>
    </message>
    <message>
        <source>This finding stops the export. An acceptance lifts it only where the rule pack lets a person sign for it, and that person has signed the show.</source>
        <translation>此项阻止导出。仅当规则包允许指定人员签署、且该人员已签署本节目时，签认才能放行。</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>5 s before and after the playhead</source>
        <translation>播放头前后 5 秒</translation>
    </message>
    <message>
        <source>From scene to scene at the playhead</source>
        <translation>播放头处两个画面之间</translation>
    </message>
    <message>
        <source>In the loop range</source>
        <translation>循环区间内</translation>
    </message>
    <message>
        <source>In the whole show</source>
        <translation>整场演出</translation>
    </message>
    <message>
        <source>No paths</source>
        <translation>不显示航迹</translation>
    </message>
    <message>
        <source>Paths of all drones</source>
        <translation>全部无人机的航迹</translation>
    </message>
    <message>
        <source>Paths of the selected drones</source>
        <translation>所选无人机的航迹</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Accepted</source>
        <translation>签认</translation>
    </message>
    <message>
        <source>Act {n}</source>
        <translation>第{n}篇章</translation>
    </message>
    <message>
        <source>Add a controller</source>
        <translation>添加控制器</translation>
    </message>
    <message>
        <source>Add a figure</source>
        <translation>添加编排</translation>
    </message>
    <message>
        <source>Add a fleet</source>
        <translation>添加机群</translation>
    </message>
    <message>
        <source>Add a formation</source>
        <translation>添加编队</translation>
    </message>
    <message>
        <source>Add a point</source>
        <translation>添加点</translation>
    </message>
    <message>
        <source>Add a position</source>
        <translation>添加点位</translation>
    </message>
    <message>
        <source>Add a track</source>
        <translation>添加轨道</translation>
    </message>
    <message>
        <source>Add a zone</source>
        <translation>添加区域</translation>
    </message>
    <message>
        <source>Add an act</source>
        <translation>添加篇章</translation>
    </message>
    <message>
        <source>Address cues</source>
        <translation>编址</translation>
    </message>
    <message>
        <source>At most (ms)</source>
        <translation>最大（毫秒）</translation>
    </message>
    <message>
        <source>Bake {n} figures</source>
        <translation>固化 {n} 个编排</translation>
    </message>
    <message>
        <source>Change a position</source>
        <translation>修改点位</translation>
    </message>
    <message>
        <source>Change a scene's hold</source>
        <translation>修改画面停留</translation>
    </message>
    <message>
        <source>Change a track</source>
        <translation>修改轨道</translation>
    </message>
    <message>
        <source>Change a zone</source>
        <translation>修改区域</translation>
    </message>
    <message>
        <source>Change an act</source>
        <translation>修改篇章</translation>
    </message>
    <message>
        <source>Change controllers and licences</source>
        <translation>修改控制器与许可</translation>
    </message>
    <message>
        <source>Change rack or hazard group</source>
        <translation>修改炮架或危险分组</translation>
    </message>
    <message>
        <source>Change the effect</source>
        <translation>修改效果</translation>
    </message>
    <message>
        <source>Change the figure</source>
        <translation>修改编排</translation>
    </message>
    <message>
        <source>Change the fleet</source>
        <translation>修改机群</translation>
    </message>
    <message>
        <source>Change the formation</source>
        <translation>更换编队</translation>
    </message>
    <message>
        <source>Change the light</source>
        <translation>修改灯光</translation>
    </message>
    <message>
        <source>Change the moment</source>
        <translation>修改时刻</translation>
    </message>
    <message>
        <source>Change the motion</source>
        <translation>修改动作</translation>
    </message>
    <message>
        <source>Change the music</source>
        <translation>修改音乐</translation>
    </message>
    <message>
        <source>Change the note</source>
        <translation>修改备注</translation>
    </message>
    <message>
        <source>Change the order of scenes</source>
        <translation>调整画面顺序</translation>
    </message>
    <message>
        <source>Change the pictures of the site</source>
        <translation>修改场地图片</translation>
    </message>
    <message>
        <source>Change the pin</source>
        <translation>修改点火通道</translation>
    </message>
    <message>
        <source>Change the position</source>
        <translation>修改点位</translation>
    </message>
    <message>
        <source>Change the show</source>
        <translation>修改演出</translation>
    </message>
    <message>
        <source>Change the tempo</source>
        <translation>修改速度</translation>
    </message>
    <message>
        <source>Change the triggers</source>
        <translation>修改触发</translation>
    </message>
    <message>
        <source>Change the venue</source>
        <translation>修改场地</translation>
    </message>
    <message>
        <source>Change what is held</source>
        <translation>修改固定方式</translation>
    </message>
    <message>
        <source>Copy {n}</source>
        <translation>复制 {n} 项</translation>
    </message>
    <message>
        <source>Cut {n} cues</source>
        <translation>剪切 {n} 个点火</translation>
    </message>
    <message>
        <source>Delete a formation</source>
        <translation>删除编队</translation>
    </message>
    <message>
        <source>Delete a zone</source>
        <translation>删除区域</translation>
    </message>
    <message>
        <source>Delete points</source>
        <translation>删除点</translation>
    </message>
    <message>
        <source>Delete {n}</source>
        <translation>删除 {n} 项</translation>
    </message>
    <message>
        <source>Delete {n} and close the gap</source>
        <translation>删除 {n} 项并补上空隙</translation>
    </message>
    <message>
        <source>Draw a formation again</source>
        <translation>重绘编队</translation>
    </message>
    <message>
        <source>Draw the emotion curve</source>
        <translation>绘制情绪曲线</translation>
    </message>
    <message>
        <source>Drones</source>
        <translation>无人机</translation>
    </message>
    <message>
        <source>Duplicate {n}</source>
        <translation>再制 {n} 项</translation>
    </message>
    <message>
        <source>Fan {n} cues</source>
        <translation>{n} 个点火成扇形</translation>
    </message>
    <message>
        <source>Farthest (ms)</source>
        <translation>偏差最大（毫秒）</translation>
    </message>
    <message>
        <source>Firing system</source>
        <translation>点火系统</translation>
    </message>
    <message>
        <source>Fleet {n}</source>
        <translation>机群 {n}</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Group {n} cues</source>
        <translation>编组 {n} 个点火</translation>
    </message>
    <message>
        <source>Import music</source>
        <translation>导入音乐</translation>
    </message>
    <message>
        <source>Insert a cue</source>
        <translation>插入点火</translation>
    </message>
    <message>
        <source>Insert a formation</source>
        <translation>插入编队</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Lock addresses</source>
        <translation>锁定地址</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>Marker {n}</source>
        <translation>标记 {n}</translation>
    </message>
    <message>
        <source>Mean (ms)</source>
        <translation>平均（毫秒）</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中间</translation>
    </message>
    <message>
        <source>Mirror points</source>
        <translation>镜像点</translation>
    </message>
    <message>
        <source>Move a marker</source>
        <translation>移动标记</translation>
    </message>
    <message>
        <source>Move a scene's place</source>
        <translation>移动画面位置</translation>
    </message>
    <message>
        <source>Move an act</source>
        <translation>移动篇章</translation>
    </message>
    <message>
        <source>Move points</source>
        <translation>移动点</translation>
    </message>
    <message>
        <source>Move {n}</source>
        <translation>移动 {n} 项</translation>
    </message>
    <message>
        <source>New show</source>
        <translation>新演出</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Nudge the downbeat</source>
        <translation>微调强拍</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>水平转角</translation>
    </message>
    <message>
        <source>Paste {n} cues</source>
        <translation>粘贴 {n} 个点火</translation>
    </message>
    <message>
        <source>Position {n}</source>
        <translation>点位 {n}</translation>
    </message>
    <message>
        <source>Published into {folder}</source>
        <translation>已发布到 {folder}</translation>
    </message>
    <message>
        <source>Quantise {n}</source>
        <translation>对齐 {n} 项</translation>
    </message>
    <message>
        <source>Refused: {n} findings stop the export. Nothing was written.</source>
        <translation>已拒绝：{n} 条结果阻止导出。没有写出任何文件。</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>Rename a formation</source>
        <translation>重命名编队</translation>
    </message>
    <message>
        <source>Rename a marker</source>
        <translation>重命名标记</translation>
    </message>
    <message>
        <source>Rename a scene</source>
        <translation>重命名画面</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>River bend</source>
        <translation>河湾</translation>
    </message>
    <message>
        <source>Rounded</source>
        <translation>已取整</translation>
    </message>
    <message>
        <source>Rounding of the cues</source>
        <translation>点火时间取整</translation>
    </message>
    <message>
        <source>Save the show first: pictures are kept beside its file</source>
        <translation>请先保存演出：图片存放在演出文件旁</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>观众席</translation>
    </message>
    <message>
        <source>Set a marker</source>
        <translation>设标记</translation>
    </message>
    <message>
        <source>Signed by {name} as {role}, {when}</source>
        <translation>{name}（{role}）签署，{when}</translation>
    </message>
    <message>
        <source>Stops export</source>
        <translation>阻止导出</translation>
    </message>
    <message>
        <source>Substitute the effect</source>
        <translation>替换效果</translation>
    </message>
    <message>
        <source>Tap the tempo</source>
        <translation>敲击定速</translation>
    </message>
    <message>
        <source>The show has no drones yet; add a fleet in the Show menu</source>
        <translation>演出还没有无人机；请在“演出”菜单中添加机群</translation>
    </message>
    <message>
        <source>The venue has no firing position yet; add one in the Show menu</source>
        <translation>场地还没有燃放点位；请在“演出”菜单中添加</translation>
    </message>
    <message>
        <source>The venue has no firing positions yet</source>
        <translation>场地还没有燃放点</translation>
    </message>
    <message>
        <source>There is no firework track yet</source>
        <translation>还没有烟花轨道</translation>
    </message>
    <message>
        <source>Tick (ms)</source>
        <translation>刻度（毫秒）</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>倾角</translation>
    </message>
    <message>
        <source>Timecode</source>
        <translation>时码</translation>
    </message>
    <message>
        <source>Timecode and stage</source>
        <translation>时码与舞台</translation>
    </message>
    <message>
        <source>Track {n}</source>
        <translation>轨道 {n}</translation>
    </message>
    <message>
        <source>Turn the noses</source>
        <translation>转动机头</translation>
    </message>
    <message>
        <source>Turn to the seats</source>
        <translation>朝向观看位</translation>
    </message>
    <message>
        <source>Ungroup {n} cues</source>
        <translation>取消 {n} 个点火的编组</translation>
    </message>
    <message>
        <source>Unlock addresses</source>
        <translation>解锁地址</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>times within {t} ms, paths within {p} m</source>
        <translation>时间误差不超过 {t} 毫秒，航迹误差不超过 {p} 米</translation>
    </message>
    <message>
        <source>{n} warnings are in the receipt</source>
        <translation>收据中有 {n} 条警告</translation>
    </message>
    <message>
        <source>… and {n} more files</source>
        <translation>…还有 {n} 个文件</translation>
    </message>
</context>
<context>
    <name>ZoneRows</name>
    <message>
        <source>A corner is east and north in metres: 0,-60; 80,-60; 80,-90</source>
        <translation>每个顶点须写作东、北坐标（米）：0,-60; 80,-60; 80,-90</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>观众区</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑物</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>顶点</translation>
    </message>
    <message>
        <source>Delete zone</source>
        <translation>删除区域</translation>
    </message>
    <message>
        <source>Dry grass</source>
        <translation>干草地</translation>
    </message>
    <message>
        <source>East and north of each corner in metres: 0,-60; 80,-60; 80,-90</source>
        <translation>东、北坐标（米），逐个顶点：0,-60; 80,-60; 80,-90</translation>
    </message>
    <message>
        <source>From height</source>
        <translation>起始高度</translation>
    </message>
    <message>
        <source>From where on a no-fly zone holds; empty: from the ground</source>
        <translation>禁飞区自此高度起有效；留空表示从地面起</translation>
    </message>
    <message>
        <source>How high a building stands, or up to where a no-fly zone reaches</source>
        <translation>建筑物的高度，或禁飞区的上限高度</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>New zone</source>
        <translation>新建区域</translation>
    </message>
    <message>
        <source>No-fly zone</source>
        <translation>禁飞区</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Special hazard</source>
        <translation>特殊危险源</translation>
    </message>
    <message>
        <source>Up to height</source>
        <translation>上限高度</translation>
    </message>
    <message>
        <source>Water</source>
        <translation>水域</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>区域</translation>
    </message>
</context>
<context>
    <name>_KeyRow</name>
    <message>
        <source>Key {n}: colour</source>
        <translation>光键 {n}：颜色</translation>
    </message>
    <message>
        <source>Key {n}: delete</source>
        <translation>光键 {n}：删除</translation>
    </message>
    <message>
        <source>Key {n}: fade</source>
        <translation>光键 {n}：渐变</translation>
    </message>
    <message>
        <source>Key {n}: seconds after arrival</source>
        <translation>光键 {n}：到达后秒数</translation>
    </message>
    <message>
        <source>Key {n}: the formation's own colours</source>
        <translation>光键 {n}：编队自身颜色</translation>
    </message>
    <message>
        <source>fade</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>own</source>
        <translation>自身</translation>
    </message>
</context>
</TS>
