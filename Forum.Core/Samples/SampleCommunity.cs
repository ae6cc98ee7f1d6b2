namespace Forum.Core.Samples;

/// <summary>A small community to look at: people, questions with answers and comments, and who voted for what.</summary>
internal static class SampleCommunity
{

    /// <summary>Somebody of the sample.</summary>
    /// <param name="Key">Sign-in name.</param>
    /// <param name="Reputation">About what they bring along.</param>
    public sealed record Member(string Key, string Name, int Reputation, string About, bool IsModerator = false, bool IsAdministrator = false);

    /// <summary>A question with what followed it.</summary>
    public sealed record Question(string Author, int DaysAgo, string Tags, string Title, string Body, string[] Up, Answer[] Answers, Comment[] Comments, Bounty? Bounty = null);

    /// <summary>A bounty.</summary>
    /// <param name="DaysAgo">When it was offered.</param>
    /// <param name="AwardedDaysAgo">When its sponsor gave it to the first answer; null: it runs.</param>
    public sealed record Bounty(string Sponsor, int Amount, int DaysAgo, string Reason, string Note, int? AwardedDaysAgo = null);

    public sealed record Answer(string Author, int HoursLater, string Body, string[] Up, bool IsAccepted = false, string[]? Down = null, Comment[]? Comments = null);

    public sealed record Comment(string Author, string Body);

    public static readonly Member[] Members =
    [
        new("admin", "Robin Admin", 2_400, "Keeps the lights on.", IsModerator: true, IsAdministrator: true),
        new("mira", "Mira Okafor", 1_850, "Backend developer. SQLite, C# and too much coffee.\n\n- writes about **databases**\n- reads every query plan", IsModerator: true),
        new("jonas", "Jonas Weber", 960, "Systems programming, mostly Rust and C++."),
        new("lin", "林晓 Lin Xiao", 640, "前端与 TypeScript。也写一点 C#。"),
        new("sofia", "Sofía Ríos", 210, "Data people call me a developer, developers call me a data person."),
        new("tom", "Tom Becker", 130, ""),
        new("ana", "Ana Duarte", 45, "Learning Python after ten years of spreadsheets."),
        new("kai", "Kai", 1, ""),
    ];

    private static readonly string[] Many = ["admin", "mira", "jonas", "lin", "sofia", "tom", "ana"];
    private static readonly string[] Some = ["mira", "jonas", "lin", "tom"];

    public static readonly Question[] Questions =
    [
        new("ana", 40, "python loops",
            "How do I loop over a list and know the index of each item?",
            """
            I have a list of names and want to print each with its number. This works, but it feels clumsy:

            ```python
            names = ["Ada", "Grace", "Linus"]
            i = 0
            for name in names:
                print(i, name)
                i = i + 1
            ```

            Is there a way that does not need a counter of my own?
            """,
            Many,
            [
                new("mira", 1,
                    """
                    Use [`enumerate`](https://docs.python.org/3/library/functions.html#enumerate), which gives you both:

                    ```python
                    for i, name in enumerate(names):
                        print(i, name)
                    ```

                    If people should see numbers from 1, say so: `enumerate(names, start=1)`.
                    """, ["admin", "jonas", "lin", "sofia", "tom", "ana"], IsAccepted: true,
                    Comments: [new("ana", "Exactly what I was looking for, and `start=1` saves me the addition.")]),
                new("tom", 5,
                    """
                    You can also loop over the indexes:

                    ```python
                    for i in range(len(names)):
                        print(i, names[i])
                    ```
                    """, [], Down: ["mira"],
                    Comments: [new("jonas", "That works for lists but not for files or generators, which have no length.")]),
            ],
            [new("jonas", "Good question: nearly everybody writes that counter once.")]),
        new("tom", 33, "sql sqlite performance",
            "Why does my SQLite query ignore the index on the date column?",
            """
            The table has two million rows and an index:

            ```sql
            create index orders_by_date on orders (created_at);
            ```

            This still takes seconds, and `explain query plan` says `SCAN orders`:

            ```sql
            select count(*) from orders where date(created_at) = '2026-03-01';
            ```

            What am I missing?
            """,
            Some,
            [
                new("mira", 2,
                    """
                    The index holds values of `created_at`, but you compare `date(created_at)`, a different value for every row,
                    so SQLite has to compute it for each of them. Compare the column itself with a range:

                    ```sql
                    select count(*)
                    from orders
                    where created_at >= '2026-03-01' and created_at < '2026-03-02';
                    ```

                    Now the plan says `SEARCH orders USING COVERING INDEX orders_by_date`.

                    | query | plan |
                    |---|---|
                    | `date(created_at) = …` | scan |
                    | `created_at >= … and created_at < …` | search |

                    If you cannot change the query, index the expression instead: `create index … on orders (date(created_at))`.
                    """, Many.Where(m => m != "mira").ToArray(), IsAccepted: true),
            ],
            []),
        new("lin", 28, "typescript types",
            "What is the difference between unknown and any in TypeScript?",
            """
            Both accept every value. When would I use `unknown` instead of `any`?

            ```typescript
            let a: any = JSON.parse(text);
            let b: unknown = JSON.parse(text);
            ```
            """,
            ["admin", "mira", "sofia"],
            [
                new("jonas", 3,
                    """
                    `any` switches the checker off, `unknown` makes it ask you first:

                    ```typescript
                    a.name.toUpperCase();          // compiles, may fail when it runs
                    b.name;                        // error: 'b' is of type 'unknown'

                    if (typeof b === "string") {
                      b.toUpperCase();             // fine: you have looked
                    }
                    ```

                    Use `unknown` for everything that comes from outside, such as JSON, and narrow it where it comes in.
                    """, ["lin", "mira", "admin"], IsAccepted: true),
            ],
            []),
        new("jonas", 21, "c++ rust memory",
            "How does move in Rust differ from std::move in C++?",
            """
            In C++ I can still touch an object after `std::move(x)`: it is in a *valid but unspecified* state.
            In Rust the compiler refuses to let me use `x` again.

            What happens underneath? Is it the same copy of a few words in both, and who calls the destructor?
            """,
            ["mira", "lin"],
            [
                new("admin", 20,
                    """
                    Both copy the words of the value itself. The difference is what happens to the source:

                    - **C++** runs a move constructor, which has to leave the source in a state that its destructor can handle. The destructor of
                      the source still runs at the end of its scope.
                    - **Rust** copies the bytes and forgets the source. No code of yours runs, and there is nothing left to drop: the compiler
                      keeps track (with a drop flag where a move depends on a condition).

                    So a moved-from `std::vector` is an empty vector; a moved-from `Vec` is not a value any more.
                    """, ["jonas", "mira"]),
            ],
            [new("lin", "See also [tag:memory] for questions about allocation rather than ownership.")],
            new("jonas", 100, 18, "authoritative-reference", "I would like to see where the two languages' references say so.", AwardedDaysAgo: 15)),
        new("sofia", 17, "git",
            "How do I undo the last commit but keep my changes?",
            "I committed too early and have not pushed. How do I take the commit back and keep the files as they are, so that I can commit again?",
            Many.Where(m => m != "sofia").ToArray(),
            [
                new("mira", 1,
                    """
                    ```bash
                    git reset --soft HEAD~1
                    ```

                    The commit is gone, its changes are staged. With `--mixed` (the default) they are in your files but not staged.
                    Only the message was wrong? `git commit --amend` is enough.
                    """, ["sofia", "jonas", "lin", "tom", "ana"], IsAccepted: true),
                new("tom", 9,
                    """
                    If you *had* pushed, do not rewrite what others may have; make a commit that undoes it:

                    ```bash
                    git revert HEAD
                    ```
                    """, ["mira", "sofia"]),
            ],
            []),
        new("kai", 12, "javascript async",
            "Why is my variable undefined after fetch in JavaScript?",
            """
            ```javascript
            let user;
            fetch("/user").then(r => r.json()).then(data => { user = data; });
            console.log(user.name);
            ```

            `TypeError: Cannot read properties of undefined (reading 'name')`. But the request works, I can see it in the network tab!
            """,
            ["lin"],
            [
                new("lin", 1,
                    """
                    `fetch` starts the request and returns at once; `console.log` runs before the answer is there. Wait for it:

                    ```javascript
                    const response = await fetch("/user");
                    const user = await response.json();
                    console.log(user.name);
                    ```

                    `await` needs an `async` function around it, or a module.
                    """, ["admin", "mira", "jonas", "sofia"]),
            ],
            [new("jonas", "Everything that needs the answer has to be in a `then` or after an `await`.")],
            new("jonas", 50, 2, "canonical-answer", "This comes up every week. An answer that also covers errors and several requests at once would be one to link to.")),
        new("lin", 9, "c# async",
            "异步方法中应该使用 Task.Run 吗？",
            """
            我的 ASP.NET Core 接口里有一个耗时的计算：

            ```csharp
            public async Task<IActionResult> OnGet()
            {
                var result = await Task.Run(() => Compute());
                return new JsonResult(result);
            }
            ```

            这样写有好处吗？还是直接同步调用更好？
            """,
            ["admin", "mira"],
            [
                new("mira", 6,
                    """
                    在服务器上没有好处：请求本来就运行在线程池线程上，`Task.Run` 只是把工作换到另一个线程池线程，还多一次切换。

                    - 计算密集：直接调用 `Compute()`。
                    - 等待 I/O（数据库、网络）：使用真正的异步 API，例如 `await db.QueryAsync(...)`。
                    - 真的很耗时：放到后台队列里，先返回 202。
                    """, ["lin", "admin"], IsAccepted: true),
            ],
            []),
        new("ana", 7, "python files",
            "Reading a large text file line by line without running out of memory",
            """
            My script dies with `MemoryError` on a 12 GB log file:

            ```python
            for line in open("big.log").read().split("\n"):
                handle(line)
            ```

            How can I read it in pieces?
            """,
            ["tom", "sofia", "mira"],
            [
                new("sofia", 2,
                    """
                    `read()` loads the whole file. A file is already an iterator over its lines:

                    ```python
                    with open("big.log", encoding="utf-8", errors="replace") as file:
                        for line in file:
                            handle(line.rstrip("\n"))
                    ```

                    This keeps one line in memory at a time, and `with` closes the file.
                    """, ["ana", "mira", "jonas", "tom"], IsAccepted: true),
            ],
            []),
        new("tom", 5, "c# linq performance",
            "Is Any() faster than Count() > 0 in LINQ?",
            """
            Reviewers keep asking me to replace `items.Count() > 0` by `items.Any()`. Does it matter?

            >! I tried to measure it and saw no difference for a `List<T>`.
            """,
            ["mira"],
            [
                new("jonas", 4,
                    """
                    For a `List<T>` both are immediate, because `Count()` asks the list for its count. For anything that has to be walked it matters:

                    1. `Count()` walks **everything** to answer a yes-or-no question,
                    2. `Any()` stops at the first item.

                    And it says what you mean, which is the better reason.
                    """, ["tom", "lin"]),
            ],
            []),
        new("sofia", 3, "regex",
            "How do I match a quoted string with escaped quotes in a regular expression?",
            """
            I want to find `"a string with \"quotes\" inside"` in a line of code. My pattern `".*?"` stops at the first escaped quote.

            What is the usual pattern?
            """,
            ["jonas"],
            [],
            [new("jonas", "Which engine? The classic is `\"(?:[^\"\\\\]|\\\\.)*\"`, and it works nearly everywhere.")]),
        new("jonas", 2, "docker networking",
            "Container cannot reach a server that listens on localhost of the host",
            """
            The server listens on `127.0.0.1:5080` on my machine. From inside a container

            ```bash
            curl http://127.0.0.1:5080
            ```

            says *connection refused*. What address do I have to use, and do I have to change what the server listens on?
            """,
            ["mira"],
            [],
            []),
        new("kai", 1, "css layout",
            "How can I centre a div both horizontally and vertically?",
            "I have tried `text-align: center` and `margin: auto`, but the box stays at the top. It should be in the middle of the page whatever its size.",
            ["lin"],
            [
                new("lin", 1,
                    """
                    With grid it is one line on the parent, which needs a height to centre in:

                    ```css
                    body {
                      min-height: 100vh;
                      display: grid;
                      place-items: center;
                    }
                    ```
                    """, ["sofia"]),
            ],
            []),
    ];
}
