"""The words of the sample blog: five years of a life by the sea, invented.

``@name@`` in a text stands for the path of that picture, ``#131#`` for the file of the
entry with that number, and ``~131~`` for its permalink at the old host.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "退潮之后 · Low Tide"
TAGLINE = "Notes from a house near the harbour. 住在港口边上的日子。"
HOST = "http://lowtide-journal.spaces.live.com"
SPACE = "7C3A91E05B24D68F"

Said = tuple[str, str, str]


@dataclass(frozen=True)
class Entry:
    """One entry. ``beside``: integrated photos, shown in a table after the text.
    ``comments``: who, when, what. ``inside``: that table stands within the text."""

    number: int
    date: str
    title: str
    html: str
    category: str = ""
    beside: tuple[str, ...] = ()
    comments: tuple[Said, ...] = ()
    inside: bool = False


# What an entry of 2005 showed beside its text was on a host that is gone.
DEAD = "http://tkfiles.storage.msn.com/x1pWq8LrT0vKZ3mYd7-bHc2NfSaGe9uJo4"

ENTRIES = (
    Entry(
        104,
        "2005/5/14 21:05:09",
        "A room full of boxes",
        """<DIV><FONT face=Verdana size=2>Fourteen boxes, two suitcases, one kettle. The kettle was the only thing I
carried by hand all the way from Kunming to Halifax, and it turns out the plugs here are different.</FONT></DIV>
<DIV><FONT face=Verdana size=2></FONT>&nbsp;</DIV>
<DIV><FONT face=Verdana size=2>So I am sitting on the box that says <STRONG>BOOKS / 书</STRONG>, drinking cold water, and starting a
diary where anybody can read it. Mother says that is not a diary, that is a noticeboard. She may be right.</FONT></DIV>
<DIV>&nbsp;</DIV>
<DIV><FONT face=Verdana size=2>The window looks at a street where every house has its own colour. Mine is the white one. Of course.</FONT></DIV>""",
        "Moving",
        ("boxes", "street"),
        (
            ("小鱼", "2005/5/15 9:12:40", "沙发！到了就好，记得吃饭。"),
            (
                "Tom",
                "2005/5/15 22:31:08",
                "Welcome to the street. The white one has the best attic, you'll see.",
            ),
            ("夏", "2005/5/16 7:02:55", "Tom: the attic has a bird in it!"),
            ("小鱼", "2005/5/17 9:12:41", "沙发！到了就好，记得吃饭。"),
        ),
    ),
    Entry(
        107,
        "2005/6/2 5:48:31",
        "新的城市，旧的钥匙",
        """<P>时差还没有倒过来，早上四点就醒了，索性走到港口去看日出。</P>
<P>水面平得像一块布。桅杆一根一根立着，没有一个人说话，只有绳子轻轻敲在铝管上的声音。<BR>我口袋里还装着昆明那间屋子的钥匙，忘了还给房东。在水边摸到它，忽然觉得
自己像是出门散步，走得稍微远了一点。</P>
<P align=center><IMG height=424 alt="港口的早晨" src="@harbour_dawn@" width=600 border=0></P>
<P>钥匙我打算留着。</P>""",
        "Moving",
        (),
        (
            (
                "阿明",
                "2005/6/2 20:15:00",
                "房东是我二姨，她说不用还了，锁早换了。哈哈。",
            ),
            ("夏", "2005/6/3 6:10:22", "回复阿明：那我更要留着了。"),
            ("Mei - 梅", "2005/6/5 11:40:19", "照片真好，想去看你。"),
        ),
    ),
    Entry(
        112,
        "2005/7/23 16:20:00",
        "The first camera",
        """<div>It came in a box the size of a dictionary, it has 3.2 megapixels, and the man in the shop said I would never need more.
I believe him.</div>
<div>&nbsp;</div>
<div>Here is the whole of the first afternoon: what was in front of me when I found the button, what was in front of the house, and
what was above it. I have not yet understood what the little flower on the dial means, but the daisy seems to have understood it.</div>
<div>&nbsp;</div>
<div><em>Batteries lasted 41 pictures. These are three of them. The other 38 are my thumb.</em></div>""",
        "Photography",
        ("mug", "daisy", "cloud_sky"),
        (
            ("Priya", "2005/7/23 19:01:17", "The daisy!!! It looks like a postcard."),
            (
                "R. - the neighbour",
                "2005/7/24 8:30:00",
                "That flower on the dial is called macro. Come over, I'll show you the rest. Bring the kettle.",
            ),
            ("小鱼", "2005/7/26 12:00:01", "大拇指也发上来看看嘛"),
        ),
    ),
    Entry(
        115,
        "2005/9/11 7:15:44",
        "",
        """<P>Fog since Thursday. The bus came out of it, and the bus went back into it.</P>
<P><A href="@fog@"><IMG src="@fog@" width=512></A></P>""",
        "",
        (),
        (("Anna", "2005/9/11 21:44:10", "You do not need more words than that."),),
    ),
    Entry(
        118,
        "2005/10/29 18:02:13",
        "Leaves, and a bicycle with no brakes",
        """<P>Nobody had told me about October. I knew the word "autumn" from school: it was the season between two others. Here it is an event,
people take days off for it.</P>
<P>Tom lent me a bicycle to see the wood behind the reservoir. The bicycle has many good sides. It is red, it has a bell, and it was free.
It has no brakes, which I learnt on the only hill between here and there. I stopped in about half a metre of leaves and stayed there for a
while, because it was soft and nobody was looking.</P>
<P>I brought one leaf home. (Photo two. I put it on the wet stones in front of the door, it was not found there, I confess.)</P>""",
        "Photography",
        ("autumn", "maple"),
        (
            (
                "Tom",
                "2005/10/30 10:11:12",
                "It does have brakes. You pedal BACKWARDS. Nobody told you?",
            ),
            ("夏", "2005/10/30 10:20:45", "Tom: nobody told me."),
            ("老周", "2005/11/2 23:05:06", "第二张可以做桌面。我已经做了。"),
        ),
    ),
    Entry(
        123,
        "2005/12/24 22:40:00",
        "Lights",
        """<P>The first snow came in one night and without any noise, like somebody putting a cover on the furniture. At four o'clock it is dark, and
then the windows begin, one after another, until the whole hill is looking at you.</P>
<P>I was asked to three houses tonight and went to all three. In every one somebody gave me something hot, and in every one the tree
was "smaller than last year". I don't think it can be true of all of them.</P>
<P>一个人的平安夜，倒一点也不冷清。想家的时候就想想明年春天要种的豆子。</P>""",
        "",
        ("snowy_evening", "tree_lights"),
        (
            ("Mei - 梅", "2005/12/25 8:00:00", "圣诞快乐！妈妈问你穿秋裤没有。"),
            ("夏", "2005/12/25 9:30:30", "穿了。穿了两条。"),
            ("Jean-Luc", "2005/12/26 15:17:00", "Joyeux Noël from the second house :)"),
        ),
    ),
    Entry(
        126,
        "2006/2/18 23:12:47",
        "The printer, part one",
        r"""<P>I bought a printer, second-hand, from a man who looked happy to see it go. Since then I have learnt the following.</P>
<P>Windows keeps what it wants to print in <CODE>C:\WINDOWS\system32\spool\PRINTERS</CODE>. The printer's own program, however, keeps it in
<CODE>C:\temp\new</CODE>, and if there is no <CODE>C:\temp\new</CODE> then it does not make one, it makes a noise. I made one. It then
printed forty-one pages on each of which stands, quite small, in the upper left corner, the word <B>Page</B>.</P>
<P><IMG src="@complaint@" alt="the printer's complaint"></P>
<P>What finally helped, for whoever comes here from a search engine at the hour at which I write this:</P>
<PRE>net stop spooler
del C:\WINDOWS\system32\spool\PRINTERS\*.* /q
md C:\temp\new
net start spooler</PRE>
<P>It prints now. Only in green, but it prints.</P>""",
        "Computers",
        (),
        (
            (
                "老周",
                "2006/2/19 0:01:59",
                r"换个端口试试：把 LPT1: 改成 \\客厅\printer，我家就是这么好的。",
            ),
            (
                "K. M. - IT",
                "2006/2/20 13:45:10",
                r"You also want to look into C:\Documents and Settings\All Users\Start Menu\Programs\Startup [sic]. Trust me.",
            ),
            (
                "夏",
                "2006/2/20 20:05:00",
                "It is printing pages again that I have not asked for. I have gone to bed.",
            ),
        ),
    ),
    Entry(
        131,
        "2006/4/8 15:30:25",
        "种下第一排豆子",
        """<P>院子只有六步长、五步宽，房东说以前是停车的地方，土里全是小石子。捡了三个周末，装满了十一个水桶。</P>
<P>今天终于把第一排豆子种下去了。豆种是<a href="#107#">带着那把钥匙</a>一起从昆明来的，用报纸包着，报纸是三月的。</P>
<P>晚上画了一张图，哪一块种什么，写得清清楚楚。圆圈是番茄，三角是豆子，太阳那里是太阳（种一棵向日葵）。左下角蓝色的是水管，漏的。</P>
<P><IMG src="img\\garden plan.png" width=600></P>""",
        "花园",
        ("seedlings",),
        (
            ("阿明", "2006/4/9 8:22:31", "石子别扔，铺路。"),
            ("小鱼", "2006/4/9 9:00:00", "沙发！（二楼也是沙发）"),
            (
                "Priya",
                "2006/4/10 18:18:18",
                "I can't read it but I understand the drawing completely. Except the blue thing?",
            ),
            ("夏", "2006/4/10 19:40:02", "Priya: the hose. It leaks."),
        ),
    ),
    Entry(
        136,
        "2006/6/18 3:34:50",
        "A cat has decided",
        """<DIV>It was not my decision. The cat of the house at the corner has looked at all the houses in this street, and has decided for the white one. I
have talked with the people at the corner. They say: <I>she does this.</I> They say: <I>she has never been ours, she had decided for us before.</I></DIV>
<DIV>&nbsp;</DIV>
<DIV>She is called Biscuit at the corner. Here she is called 饼干, which is the same thing, and to which she listens in the same way: not at all.</DIV>
<DIV>&nbsp;</DIV>
<DIV>It is half past three in the morning. She would like the window open. She would like the window closed.</DIV>""",
        "",
        ("cat_window", "cat_asleep"),
        (
            (
                "R. - the neighbour",
                "2006/6/18 9:10:00",
                "She lived with us in 2003. Fish on Fridays. She'll remind you.",
            ),
            ("Anna", "2006/6/18 10:30:45", "饼干！！"),
            ("小鱼", "2006/6/19 7:07:07", "好胖"),
            ("夏", "2006/6/19 7:30:00", "她说你才胖。"),
        ),
    ),
    Entry(
        141,
        "2006/8/5 20:55:02",
        "Lighthouse weekend",
        """<P>Two buses, then an hour on foot, then a man with a pick-up truck full of lobster pots, then the road stops because there is no
more land. R. drew us the way, and it was right in everything but the distances.</P>
<P><IMG style="float:right" src="@way@" width=300 alt="the way, as R. drew it"></P>
<P>We stayed until the sun was in the water. Priya counted the seconds between two flashes of the lamp (five), Jean-Luc slept, and I
used up all the batteries there are in Nova Scotia.</P>
<P>If you go: take a jacket, take a second jacket, and don't stand on the <B>black</B> rocks. The white ones are dry, the black ones have just been
under water and will be again.</P>""",
        "旅行",
        ("lighthouse", "surf", "sea_sunset"),
        (
            ("Jean-Luc", "2006/8/6 12:12:00", "I did not sleep, I was listening."),
            ("Priya", "2006/8/6 12:40:09", "He was listening very loudly."),
            ("老周", "2006/8/8 21:00:00", "第三张，请问能要原图吗？做桌面。"),
        ),
    ),
    Entry(
        147,
        "2006/10/6 21:18:33",
        "中秋",
        """<P>这里没有月饼卖，只好自己做。模子是从厨房里找的一个压黄油用的木花，压出来居然也像那么回事。</P>
<P>皮：面粉 500 克，糖浆 375 克，油 130 克，碱水两小勺。<BR>馅：红豆，煮到心里没有豆为止。</P>
<P>做了二十四个，送出去二十个，Tom 问这个是不是要蘸牛奶吃。我说不用，他还是蘸了，说很好。</P>
<P>月亮从对岸升起来的时候，整条街的人都站在水边，手里拿着月饼。没有人知道为什么要看月亮，但都看得很认真。</P>
<P><IMG src="@moonrise@" width=600></P>
<P><IMG src="@mooncakes@" width=600></P>""",
        "厨房",
        (),
        (
            ("Tom", "2006/10/7 9:09:09", "With milk. I stand by it."),
            (
                "Mei - 梅",
                "2006/10/7 22:00:15",
                "妈妈说碱水少放一点，颜色就不会那么深。",
            ),
        ),
    ),
    Entry(
        152,
        "2007/1/3 23:55:16",
        "What I read in 2006",
        """<P>Not a good year for finishing books. I list them as honestly as I can.</P>
<OL><LI>A history of cod. <EM>Finished.</EM> Better than it sounds.
<LI>围城，第四遍。每一遍都觉得自己像另一个人。
<LI>The printer's manual [in four languages, of which none]. <EM>Not finished.</EM>
<LI>A seed catalogue, spring edition. <EM>Finished many times.</EM>
<LI>Half of a very famous novel, for the reading circle. I spoke about the first half with so much feeling that nobody asked.</OL>
<BLOCKQUOTE>People don't take trips, trips take people – said the man with the lobster pots, and would not say where he had it from.</BLOCKQUOTE>
<P>Next year: the other half.</P>""",
        "",
        (),
        (
            ("Anna", "2007/1/4 8:15:00", "We knew."),
            ("阿明", "2007/1/4 20:20:20", "围城 +1"),
        ),
    ),
    Entry(
        157,
        "2007/3/11 0:47:10",
        "Nine lines that rename photos",
        r"""<P>The camera calls every picture <CODE>DSCF0007.JPG</CODE>, and when it has been to 9999 it begins again. So there were three different
<CODE>DSCF0412.JPG</CODE> in <CODE>D:\photos\new</CODE>, and since Tuesday there is only one. Do not ask.</P>
<P>K. M. (see the comments <A href="~126~">under the printer</A>) has written this for me, and I have understood seven of the nine lines:</P>
<PRE>import glob, os, time

n = {}
for old in sorted(glob.glob(r"D:\photos\new\*.[Jj][Pp][Gg]")):
    day = time.strftime("%Y-%m-%d", time.localtime(os.path.getmtime(old)))
    n[day] = n.get(day, 0) + 1
    new = r"D:\photos\%s\%s[%d].jpg" % (day[:4], day, n[day])
    os.renames(old, new)   # [sic] renames, with an s
    print old, "->", new</PRE>
<P>If you put <CODE>a &lt; b &amp;&amp; c[i] &gt; 0</CODE> into this editor it comes out as something else the next time you open it. I have now pasted it
four times. [[It is not a wiki]], I know.</P>""",
        "Computers",
        (),
        (
            (
                "K. M. - IT",
                "2007/3/11 9:00:00",
                "Line 3: never call a dict n. I was tired.",
            ),
            ("小鱼", "2007/3/12 8:08:08", "看不懂，但是沙发！"),
        ),
    ),
    Entry(
        163,
        "2007/5/2 1:29:58",
        "凌晨一点半的雨",
        """<DIV>睡不着。雨从十一点下到现在，街对面修车铺的灯没有关，一滴一滴的，红的黄的，在玻璃上走得很慢。</DIV>
<DIV>饼干蹲在窗台上，看每一滴往下走，走到底就换一滴看。</DIV>
<DIV><BR></DIV>
<DIV>后来我也看了一会儿。比睡觉好。</DIV>
<DIV><IMG src="@rain@" width=500></DIV>""",
        "",
        (),
        (
            ("老周", "2007/5/2 9:30:00", "写得好。这张也做桌面了。"),
            ("Mei - 梅", "2007/5/2 12:12:12", "早点睡。"),
            ("夏", "2007/5/2 23:58:00", "好。（还没睡）"),
        ),
    ),
    Entry(
        170,
        "2007/7/14 22:10:05",
        "Two weeks home: the lake",
        """<P>Home is thirty-one hours away, with a night on a bench in Vancouver. Then the doors open and it smells of rain, diesel and roasted
chillies, and for a moment I forget every English word I have.</P>
<P>We took the slow bus to Dali. From the east shore you see the whole of Cangshan at once, nineteen peaks and a cloud lying along them like
a cat. The lake is called Erhai, "ear sea". Nobody agrees on whose ear.</P>
<P>Behind the lake the fields go up the hill in steps, every step full of water, every step with its own piece of the evening.</P>""",
        "旅行",
        ("lake", "peak", "terraces"),
        (
            (
                "Tom",
                "2007/7/15 7:00:00",
                "Is the water really that still or did you do something to it?",
            ),
            (
                "夏",
                "2007/7/16 13:30:00",
                "Tom: really. For about one minute, at seven in the morning.",
            ),
            (
                "Jean-Luc",
                "2007/7/16 18:45:21",
                "I want to be on bench number 1 of the next flight.",
            ),
        ),
    ),
    Entry(
        171,
        "2007/7/21 8:45:30",
        "苍山下的早晨",
        """<P><FONT face=宋体 size=3>接着<A href="#170#">上一篇</A>写。</FONT></P>
<P><FONT face=宋体 size=3>六点起来，天还是灰的，山一层一层，像没有晾干的画。到第七层的时候太阳出来了，前六层就都不见了。</FONT></P>
<P><FONT face=宋体 size=3>三塔还是三个，一个没多，一个没少。外婆说她小时候数过，每次数都要从左往右，不然塔会不高兴。</FONT></P>
<P><FONT face=宋体 size=3>中午在院子里喝茶。外婆倒一杯，我喝一杯，说不上几句话，但也不需要。临走的时候她塞给我一包豆种，用报纸包着，报纸是今天的。</FONT></P>""",
        "旅行",
        ("ridges", "pagodas", "tea"),
        (
            ("阿明", "2007/7/21 10:10:10", "外婆身体好啊！"),
            ("小鱼", "2007/7/21 11:00:00", "沙……三楼也行。豆种分我几颗。"),
            (
                "Anna",
                "2007/7/22 6:06:06",
                'I had this one translated by a machine: "the tower will not be happy". I love it anyway.',
            ),
        ),
    ),
    Entry(
        178,
        "2007/9/30 12:00:00",
        "Tomatoes, finally",
        """<P>Everybody in this street has tomatoes, everybody has too many, and everybody is very secretive about when theirs turned red. Mine did on
Thursday. I am not going to say which Thursday.</P>
<P>The trick, says R., is to bring them in before they are ready and to let them finish on the window sill, in company.</P>
<P><a href="@sill@"><img src="@sill@" width="560" alt="in company"></a></P>
<P>今年的收成：红的四个，黄的两个，绿的两个。绿的不是没熟，是有个性。</P>""",
        "花园",
        (),
        (
            (
                "R. - the neighbour",
                "2007/9/30 15:15:15",
                "It was last Thursday. I saw you dancing.",
            ),
            ("Priya", "2007/10/1 9:00:00", "In company! :)"),
        ),
    ),
    Entry(
        184,
        "2008/1/26 18:30:00",
        "Beef noodle soup for snow",
        """<P>Minus nineteen, and the wind from the sea. There is only one answer to this and it takes four hours.</P>
<TABLE cellSpacing=0 cellPadding=4 border=1><TBODY>
<TR><TD>Beef shin 牛腱</TD><TD>1 kg</TD></TR>
<TR><TD>Ginger 姜</TD><TD>a thumb</TD></TR>
<TR><TD>Doubanjiang 豆瓣酱</TD><TD>2 spoons, or 3</TD></TR>
<TR><TD>Star anise 八角</TD><TD>2</TD></TR>
<TR><TD>Soy, rice wine, rock sugar</TD><TD>until it smells right</TD></TR></TBODY></TABLE>
<P>Brown, cover with water, forget about it, come back. Noodles last. What is green goes in when you already sit.</P>
<P><IMG src="@noodles@" width=480></P>
<P>From the kitchen you see the hill behind the town, with nothing on it at all.</P>
<P><IMG src="@snowfield@" width=480></P>""",
        "厨房",
        (),
        (
            (
                "Tom",
                "2008/1/26 19:00:00",
                "I am at the door. I can smell it. Open the door.",
            ),
            ("老周", "2008/1/27 12:30:00", "豆瓣酱三勺，没有商量。"),
            ("Mei - 梅", "2008/1/27 20:10:00", "面看起来有点坨了。（亲姐姐说的话）"),
        ),
    ),
    Entry(
        191,
        "2008/8/8 23:20:08",
        "八月八日晚上",
        """<P>开幕式在这里是早上九点，十一个人挤在我的客厅里，Tom 带了一面自己画的旗，左上角的星星多画了一颗。</P>
<P>晚上港口也放了焰火，不是为了这个，是每年夏天都放。但我们一致决定，今年的就是为了这个。</P>
<P align=center><IMG src="@fireworks@"></P>""",
        "",
        (),
        (
            ("Tom", "2008/8/9 8:00:00", "Six stars. One extra for you."),
            ("阿明", "2008/8/9 8:30:12", "哈哈哈哈哈"),
            ("阿明", "2008/8/9 8:30:44", "哈哈哈哈哈"),
        ),
    ),
    Entry(
        196,
        "2008/11/15 19:41:00",
        "The printer, part two: a reconciliation",
        rf"""<P>Those who were here for <A href="{HOST}/blog/cns!{SPACE}!126.entry">part one</A> will be glad to hear that the printer and I are talking
again. It stands in the living room now and is reached as <CODE>\\LIVINGROOM\printer</CODE>, from the cat's chair as well.</P>
<P>The new driver wants <CODE>C:\temp\new\</CODE> with a backslash at the end. The old one wanted it without. I keep both, and a folder named
<CODE>C:\temp\new\new</CODE>, to be on the safe side.</P>
<P>This was the first page it ever printed in all its colours, on the first day, before everything. I kept the file all these years:</P>
<P><IMG src="{DEAD}" width=400 alt="the first page in colour"></P>
<P>And this is how it looks today. The red lamp is normal.</P>""",
        "Computers",
        ("printer",),
        (
            ("K. M. - IT", "2008/11/15 21:00:00", "The red lamp is not normal."),
            ("夏", "2008/11/16 9:30:00", "K. M.: we have agreed that it is normal."),
        ),
    ),
    Entry(
        203,
        "2009/3/22 14:05:37",
        "Ice on the lake, and the cat's opinion",
        """<P>The lake above the town has been closed by a sign since Sunday, which means that before Sunday it was open, and nobody had told us. We
walked across the corner of it, the one where the sign says <B>THIN</B>, because the sign was written for people who come by car.</P>
<P>(Mother, if you read this: we did not.)</P>
<P>饼干跟到了雪地边上，走了十三步，停下来，每只脚都抬起来看了一遍，然后踩着自己的脚印原路走回去了。意见很明确。</P>""",
        "",
        ("ice", "prints"),
        (
            ("Mei - 梅", "2009/3/22 22:00:00", "我看到了。我会告诉妈妈的。"),
            ("Priya", "2009/3/23 7:30:00", "Thirteen steps is a lot for her."),
        ),
    ),
    Entry(
        210,
        "2009/8/16 17:50:00",
        "Four summers of one garden",
        """<P>I have looked at <A href="#131#">the plan of the first spring</A> again. The tomatoes are where the tomatoes are. The beans have moved three times, they
don't like to be next to anybody. The sun is exactly where I drew it, and is now two metres and ten high.</P>
<P>What grew that I did not plant: lavender (from R.), mint (from everywhere), a small maple (from the bicycle, I think).</P>
<P>外婆的豆子今年结了第三代。我留了一包种子，用报纸包着。</P>""",
        "花园",
        ("beans", "sunflowers", "lavender", "basket"),
        (
            (
                "R. - the neighbour",
                "2009/8/16 18:20:00",
                "You can keep the lavender. I want the bee back.",
            ),
            ("小鱼", "2009/8/17 8:00:00", "沙发！！四年了，终于又抢到一次。"),
            ("阿明", "2009/8/18 21:15:00", "石子路呢？"),
            (
                "夏",
                "2009/8/18 22:00:00",
                "回复阿明：下面垫的就是石子，十一桶，一颗没扔。",
            ),
        ),
    ),
    Entry(
        217,
        "2010/1/10 10:10:10",
        "雪",
        """<P>昨天夜里下的。早上只有一个人走过，不对，是一辆车，从路的这一头一直到看不见的那一头。</P>
<P><A href="IMG/Snow-Road.JPG"><IMG src="img/SNOW-ROAD.jpg" width=400></A></P>
<P>In summer the same hill looks like this, and I never believe it in January. I keep this picture on the wall for that reason.</P>
<P><IMG src="@meadow@" width=500></P>""",
        "Photography",
        (),
        (("老周", "2010/1/10 15:00:00", "桌面换了。五年来一直是你的照片。"),),
    ),
    Entry(
        224,
        "2010/10/2 20:15:40",
        "They are closing the place",
        """<P>There was a letter: this whole house of diaries will be closed in March, all the rooms, and everybody may take their boxes and go. So here I am
again, on a box.</P>
<P>Five years ago I wrote <A href="#104#">the first page</A> with a kettle that did not fit. I have a kettle that fits now. I have a cat that is not mine, a
garden that used to be a parking space, and a printer. I know which rocks are dry.</P>
<P>I don't know yet where these pages will go. If you come back and the door is locked: I am the white house, it is the street with the colours,
knock twice.</P>
<P>谢谢每一个来坐过沙发的人。</P>
<P>夏</P>""",
        "Moving",
        ("empty_room",),
        (
            ("Tom", "2010/10/2 20:40:00", "Knock knock."),
            ("小鱼", "2010/10/3 9:00:00", "最后一个沙发，我坐了。搬去哪里都告诉我。"),
            (
                "Anna",
                "2010/10/3 10:21:00",
                "Take the comments with you too, please. All the sofas.",
            ),
            ("Mei - 梅", "2010/10/3 11:11:11", "到哪里都要吃饭。"),
            ("夏", "2010/10/4 7:00:00", "All of them. I promise."),
        ),
        inside=True,
    ),
)
