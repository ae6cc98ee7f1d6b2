using System.Collections.Concurrent;
using System.Net;
using Forum.Core;
using Forum.Core.Badges;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Verification;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Support;

/// <summary>
/// The forum through its front door, on a database file of its own with a clock of its own:
/// <c>await forum.Send(new CastVote(question, Up), user: bob)</c>.
/// </summary>
public sealed class TestForum : IAsyncDisposable
{
    /// <summary>Every statement that any test has issued; the query plans' test explains them at the end.</summary>
    internal static readonly ConcurrentDictionary<string, byte> Statements = new(StringComparer.Ordinal);

    // Applying the schema takes longer than copying the file it made.
    internal static readonly Lazy<byte[]> EmptyDatabase = new(MakeEmptyDatabase);

    // A test does more in a moment than people do, with accounts just made; the tests of the limits switch them on.
    internal static readonly (string Key, string Value)[] NoPace = [("Forum:Paces:IsOn", "false"), ("Forum:Fairness:Holds", "Never")];

    private int issued;
    private readonly string? folder;
    private readonly IServiceProvider services;
    private readonly ServiceProvider? own;

    /// <summary>The forum inside a site that runs already; the site owns it.</summary>
    internal TestForum(IServiceProvider site, TestClock clock)
    {
        (services, Clock) = (site, clock);
        Make = new Make(this);
    }

    public TestForum(params (string Key, string Value)[] configuration)
    {
        Clock = new TestClock();
        folder = Directory.CreateTempSubdirectory("forum-test-").FullName;
        var path = Path.Combine(folder, "forum.db");
        File.WriteAllBytes(path, EmptyDatabase.Value);
        services = own = Services(path, configuration);
        Make = new Make(this);
    }

    private TestForum(string path, TestClock clock)
    {
        Clock = clock;
        services = own = Services(path, []);
        Make = new Make(this);
    }

    /// <summary>Another process on the database of a site, as the command line beside a server is.</summary>
    public static TestForum Beside(TestSite site) => new(site.Forum.Database.Path, site.Clock);

    public TestClock Clock { get; }

    /// <summary>Where requests come from; null: from no network.</summary>
    public IPAddress? From { get; set; }

    /// <summary>Makes what a test needs and does not mention.</summary>
    public Make Make { get; }

    public ForumSettings Settings => services.GetRequiredService<SettingsStore>().Current;

    public Database Database => services.GetRequiredService<Database>();

    /// <summary>Sends a request as somebody, or as an anonymous visitor, in a scope of its own.</summary>
    public Task<T> Send<T>(IRequest<T> request, long? user = null, string? formKey = null) =>
        In(user, formKey, scope => scope.GetRequiredService<ISender>().Send(request));

    /// <inheritdoc cref="Send{T}"/>
    public Task Send(IRequest request, long? user = null, string? formKey = null) =>
        In(user, formKey, async scope =>
        {
            await scope.GetRequiredService<ISender>().Send(request);
            return 0;
        });

    /// <summary>Runs <paramref name="work"/> on a session of its own, for what no request shows. No kept page outlives it.</summary>
    public async Task<T> Sql<T>(Func<Db, Task<T>> work)
    {
        var result = await In(null, null, scope => work(scope.GetRequiredService<Db>()));
        services.GetRequiredService<Generations>().Raise([.. new PageTags().Site()]);
        return result;
    }

    /// <summary>Changes rows behind the forum's back.</summary>
    public Task Write(string sql, object? parameters = null) =>
        Sql(db => db.InTransaction(() => db.Execute(sql, parameters), default));

    /// <summary>One value.</summary>
    public Task<T> Value<T>(string sql, object? parameters = null) => Sql(db => db.Get<T>(sql, parameters));

    /// <summary>Waits until everybody has heard of everything that happened.</summary>
    public Task<int> Settle() => services.GetRequiredService<DeliverEvents>().DeliverAll(default);

    /// <summary>Notes an event, as the command would have that nobody sends.</summary>
    public Task Announce(INotification what) =>
        In(null, null, async scope =>
        {
            await scope.GetRequiredService<Happened>().Announce(what, scope.GetRequiredService<Db>(), default);
            return 0;
        });

    /// <summary>Awards the badges that have been earned until now, and returns how many.</summary>
    public Task<int> Award() => services.GetRequiredService<AwardBadges>().Award(default);

    /// <summary>How many statements <paramref name="work"/> issues.</summary>
    public async Task<int> StatementsOf(Func<Task> work)
    {
        var before = Volatile.Read(ref issued);
        await work();
        return Volatile.Read(ref issued) - before;
    }

    /// <summary>One of what the forum is made of.</summary>
    public T Service<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Fails when any derived value differs from what it is derived from.</summary>
    public async Task Verify() => Assert.That(await Send(new Verify()), Is.Empty);

    public async ValueTask DisposeAsync()
    {
        if (own is not null)
            await own.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    private ServiceProvider Services(string path, (string Key, string Value)[] configuration) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(configuration.Concat(NoPace).DistinctBy(c => c.Key).Select(c => KeyValuePair.Create<string, string?>(c.Key, c.Value)))
                .Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>))
            .AddForumData(_ => new Database(path) { OnStatement = Note })
            .AddForumCore()
            .AddSingleton<IHashPasswords, QuickHashes>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

    private void Note(string statement)
    {
        Interlocked.Increment(ref issued);
        Statements.TryAdd(statement, 0);
    }

    private async Task<T> In<T>(long? user, string? formKey, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<FormKey>().Value = formKey;
        scope.ServiceProvider.GetRequiredService<Origin>().Address = From;
        if (user is not null)
            await Become(scope.ServiceProvider, user.Value);
        return await work(scope.ServiceProvider);
    }

    private static async Task Become(IServiceProvider scope, long id)
    {
        var db = scope.GetRequiredService<Db>();
        var row = await db.Get<Person>(
            """
            select name as Name, reputation as Reputation, is_moderator as IsModerator, is_administrator as IsAdministrator, suspended_until as SuspendedUntil, hides_ignored as HidesIgnored,
                (select min(w.id) from moderator_messages w where w.user_id = users.id and w.kind = 2 and w.acknowledged_at is null) as Warning
            from users where id = @id
            """, new { id });
        db.EndSnapshot();
        var user = scope.GetRequiredService<CurrentUser>();
        (user.Id, user.Name, user.Reputation) = (id, row.Name, row.Reputation);
        (user.IsModerator, user.IsAdministrator) = (row.IsModerator || row.IsAdministrator, row.IsAdministrator);
        (user.SuspendedUntil, user.HidesIgnored, user.Warning) = (row.SuspendedUntil, row.HidesIgnored, row.Warning);
    }

    private static byte[] MakeEmptyDatabase()
    {
        var place = Directory.CreateTempSubdirectory("forum-schema-").FullName;
        try
        {
            var path = Path.Combine(place, "empty.db");
            Schema.Apply(new Database(path));
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private sealed record Person
    {
        public long? Warning { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public bool IsModerator { get; init; }
        public bool IsAdministrator { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }
        public bool HidesIgnored { get; init; }
    }
}
