using Forum.Core.Departures;
using Forum.Core.Samples;
using Forum.Data;
using Forum.Tests.Support;

namespace Forum.Tests.Departures;

/// <summary>A row for each column that points at a person, and what becomes of it when the person is erased or merged.</summary>
public sealed class FateTests
{
    private static readonly string[] Ones = ["kind", "direction", "class", "verdict", "subject_kind", "queue", "share", "round", "action"];

    // What the schema asks for besides, or what tells a row from those that wait.
    private static readonly Dictionary<string, string> Also = new(StringComparer.Ordinal)
    {
        ["suggested_edits"] = "outcome = 1, decided_at = 1",
        ["moderator_messages"] = "kind = 1",
        ["departures"] = "called_off_at = 1",
    };

    [Test]
    public void The_table_says_what_becomes_of_everything() =>
        Assert.That(Fate.All.Select(fate => fate.Column), Is.EquivalentTo(Storage.WhoPointsTests.OfUsers.Keys));

    [Test]
    public async Task Erasing_somebody_does_to_each_column_what_the_table_says()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = await Fill(forum);

        await forum.Send(new DeleteAccount(ada, "It was time.", IsSure: true, DropsVotes: true), moderator);
        await DepartureTests.Finish(forum);

        var wrong = new List<string>();
        foreach (var fate in Fate.All)
        {
            var left = await forum.Value<int>($"select count(*) from {fate.Table} where {fate.Field} = @ada", new { ada });
            if (left > 0 != fate.OnErasure is Becomes.Keep)
                wrong.Add($"{fate.Column}: {left}");
            if (fate.OnErasure == Becomes.Anonymise && await forum.Value<int>($"select count(*) from {fate.Table} where {fate.Field} is null and {fate.Name} = @name", new { name = $"user{ada}" }) == 0)
                wrong.Add($"{fate.Column}: no name");
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(await forum.Value<int>("select count(*) from pragma_foreign_key_check"), Is.Zero);
    }

    [Test]
    public async Task Merging_two_moves_each_column_as_the_table_says()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = await Fill(forum);
        var into = await forum.Make.User();

        await forum.Send(new AskForMerge(ada, into, "It was time.", IsSure: true), moderator);
        await forum.Send(new AgreeToMerge(ada, IsSure: true), moderator);
        await DepartureTests.Finish(forum);

        var wrong = new List<string>();
        foreach (var fate in Fate.All)
        {
            var left = await forum.Value<int>($"select count(*) from {fate.Table} where {fate.Field} = @ada", new { ada });
            if (left > 0 != fate.OnMerge is Becomes.Keep)
                wrong.Add($"{fate.Column}: {left}");
            if (fate.OnMerge is Becomes.Move or Becomes.MoveUnlessThere && await forum.Value<int>($"select count(*) from {fate.Table} where {fate.Field} = @into", new { into }) == 0)
                wrong.Add($"{fate.Column}: did not move");
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(await forum.Value<int>("select count(*) from pragma_foreign_key_check"), Is.Zero);
    }

    // Somebody whom every column names, in a community where there is what rows point at; and an administrator.
    private static async Task<(long Ada, long Administrator)> Fill(TestForum forum)
    {
        await forum.Send(new SeedQuestions(20));
        var (ada, administrator) = (await forum.Make.User(), await forum.Make.User(administrator: true));
        var made = 100_000;
        await forum.Sql(db => db.InTransaction(
            async () =>
            {
                foreach (var fate in Fate.All)
                    await Row(db, fate.Table, fate.Field);
                // What waits ends with whoever it waits for, and an address is forgotten in time: here nothing does.
                await db.Execute("update review_tasks set outcome = 1, closed_at = 1 where outcome is null");
                await db.Execute("update departed_addresses set forget_at = @later", new { later = forum.Clock.GetUtcNow().AddYears(1) });
                // Rows were written without what is counted of them.
                await db.Execute("update comments set score = score + 10");
                await db.Execute("update posts set save_count = save_count + 10, comment_count = comment_count + 10");
                await db.Execute("update badges set award_count = award_count + 10");
                await db.Execute(
                    "update users set question_count = 100, answer_count = 100, gold = 100, silver = 100, bronze = 100 where id = @ada", new { ada });
                await db.Execute("update tags set question_count = question_count + 10");
                return 0;
            }, default));
        return (ada, administrator);

        async Task<long?> Row(Db db, string table, string? field)
        {
            var columns = await db.Query<Column>("select name as Name, type as Type, \"notnull\" as IsNeeded, dflt_value as \"Default\", pk as Pk from pragma_table_info(@table)", new { table });
            var targets = (await db.Query<Target>("select \"from\" as Field, \"table\" as Points from pragma_foreign_key_list(@table)", new { table })).ToDictionary(t => t.Field, t => t.Points);
            var values = new Dictionary<string, object>(StringComparer.Ordinal);
            foreach (var column in columns)
            {
                if (column.Name == field)
                    values[column.Name] = ada;
                else if (column is { IsNeeded: true, Default: null } or { Pk: > 0 } && !(column is { Name: "id", Pk: 1 }))
                {
                    values[column.Name] = targets.TryGetValue(column.Name, out var target)
                        ? target == "users" ? administrator : await Existing(db, target)
                        : column.Type == "TEXT" ? $"x{made++}" : column.Name.StartsWith("is_", StringComparison.Ordinal) || Array.IndexOf(Ones, column.Name) >= 0 ? 1 : made++;
                }
            }

            if (table == "departures" && field == "into_id")
                values["kind"] = 3;
            if (table == "question_merges")
                (values["source_id"], values["unmerged_at"]) = (await db.Get<long>("select min(id) from posts"), 1);
            if (table == "posts")
                values["title"] = "How does one read?";
            await db.Execute(
                $"insert into {table} ({string.Join(", ", values.Keys)}) values ({string.Join(", ", values.Values.Select(value => value is string text ? $"'{text}'" : value))})");
            if (Also.TryGetValue(table, out var also) && field is not null)
                await db.Execute($"update {table} set {also} where {field} = @ada", new { ada });
            return null;
        }

        async Task<long> Existing(Db db, string table)
        {
            if (await db.Get<long?>($"select max(id) from {table}") is { } there)
                return there;
            await Row(db, table, null);
            return await db.Get<long>($"select max(id) from {table}");
        }
    }

    private sealed record Column
    {
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public bool IsNeeded { get; init; }
        public string? Default { get; init; }
        public int Pk { get; init; }
    }

    private sealed record Target
    {
        public string Field { get; init; } = "";
        public string Points { get; init; } = "";
    }
}
