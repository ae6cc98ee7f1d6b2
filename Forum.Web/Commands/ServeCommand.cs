using System.CommandLine;
using Forum.Core;
using Forum.Core.Abuse;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Care;
using Forum.Core.Connections;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Flags;
using Forum.Core.Importing;
using Forum.Core.Inbox;
using Forum.Core.Locks;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.PostNotices;
using Forum.Core.Questions;
using Forum.Core.Reviews;
using Forum.Core.Samples;
using Forum.Core.Search;
using Forum.Core.Statistics;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using Forum.Data.Sqlite;
using Forum.Web.Accounts;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Connections;

namespace Forum.Web.Commands;

/// <summary><c>serve</c>, and what happens without a command: serves the site.</summary>
sealed class ServeCommand : Command
{
    // What the web host reads from the command line besides section:key; anything else is a slip of the finger.
    static readonly string[] HostKeys = ["urls", "environment", "contentRoot", "applicationName", "webroot", "http_ports", "https_ports"];

    const string DefaultAddress = "http://localhost:5080";

    public ServeCommand() : base("serve", "Serves the site (also without a command). Takes configuration too: --urls http://localhost:8080, --Forum:Name Gardening.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(Serve);
    }

    /// <summary>Serves until it is told to stop.</summary>
    public static async Task<int> Serve(ParseResult parse, CancellationToken token)
    {
        var error = parse.InvocationConfiguration.Error;
        await using var app = Build(parse);
        var database = app.Services.GetRequiredService<Database>();
        using var alone = ServerLock.Take(database);
        if (alone is null)
            throw new WrongUseException($"Another process serves {database.Path} or has it alone.");

        await Operator.OpenDatabase(app.Services);
        await RefuseUnfinishedImport(app.Services, database, token);
        await RefuseSample(app, database, token);
        await MakeSample(app, parse.InvocationConfiguration.Output, token);
        await PrintFirstAdministratorLink(app, parse.InvocationConfiguration.Output, token);
        app.UseForumWeb();
        try
        {
            await app.RunAsync(token);
            return CommandLine.Fine;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await error.WriteLineAsync(taken.Message);
            return CommandLine.WrongUse;
        }
    }

    static WebApplication Build(ParseResult parse)
    {
        NativeMemory.KeepTogether();
        var configuration = parse.UnmatchedTokens.ToArray();
        RefuseUnknown(configuration);
        var isPlaced = configuration.Any(word => word.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = configuration, ContentRootPath = isPlaced ? null : Places.ContentRoot });
        Places.Choose(builder.Configuration, parse);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(DefaultAddress);
        builder.Services.AddForumData(Databases.Configured);
        builder.Services.AddForumCore();
        builder.Services.AddForumAccounts();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WatchChanges>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DeliverEvents>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ViewCounter>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AwardBadges>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ReverseSerialVotes>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MergeSearchIndex>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SettleBounties>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AgeFlags>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ChooseAudits>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Forum.Core.Closing.LapseVotes>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Forum.Core.Voting.ReleaseVotes>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EndLocks>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EndNotices>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ShortenJournal>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<KeepRendered>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<KeepTagScores>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ApplyTagMerges>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CountRelatedTags>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LearnSpam>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ClearTags>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TakeCare>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<BringUpOld>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Forum.Core.Departures.RunDepartures>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Forum.Core.Departures.PurgeIdle>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<KeepRelated>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TellOfReputation>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CountLeaders>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RankQuestions>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CountStatistics>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CountVotePairs>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SightAddresses>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CreditWiki>());
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<WarmUp>(provider));
        builder.AddForumWeb();
        return builder.Build();
    }

    static void RefuseUnknown(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var (key, hasValue) = words[i].Split('=', 2) is [var before, _] ? (before, true) : (words[i], false);
            if (!key.StartsWith("--", StringComparison.Ordinal) || !IsKnown(key[2..]))
                throw new WrongUseException($"'{words[i]}' is neither a command nor configuration. 'help' lists what there is.");
            if (!hasValue)
                i++;
        }
    }

    static bool IsKnown(string key) => key.Contains(':', StringComparison.Ordinal) || HostKeys.Contains(key, StringComparer.OrdinalIgnoreCase);

    static async Task RefuseUnfinishedImport(IServiceProvider services, Database database, CancellationToken token)
    {
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ISender>().Send(new FindUnfinishedImport(), token) is { } site)
            throw new WrongUseException($"The import of {site} into {database.Path} is not complete: run it again to go on, or 'import discard'.");
    }

    // Everybody knows the password of its accounts, an administrator's among them.
    static async Task RefuseSample(WebApplication app, Database database, CancellationToken token)
    {
        if (app.Environment.IsDevelopment())
            return;

        await using var scope = app.Services.CreateAsyncScope();
        if ((await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ListSampleAccounts(), token)).Count > 0)
            throw new WrongUseException($"{database.Path} holds the sample community, whose password is public: it is served in Development only. Choose another --database, or import over it.");
    }

    // Whoever tries the program out finds people and questions, and can sign in as any of them.
    static async Task MakeSample(WebApplication app, TextWriter output, CancellationToken token)
    {
        if (!app.Environment.IsDevelopment())
            return;

        await using var scope = app.Services.CreateAsyncScope();
        var forum = scope.ServiceProvider.GetRequiredService<ISender>();
        if (await forum.Send(new MakeSample(), token))
        {
            // Else they would come while somebody looks.
            await forum.Send(new AwardAllBadges(0, int.MaxValue), token);
            await forum.Send(new RelateAll(0, int.MaxValue), token);
            await scope.ServiceProvider.GetRequiredService<CountLeaders>().Count(token);
            var questions = scope.ServiceProvider.GetRequiredService<RankQuestions>();
            await questions.CountLinks(token);
            await questions.Rank(token);
            await scope.ServiceProvider.GetRequiredService<CountStatistics>().All(null, token);
        }

        var sample = await scope.ServiceProvider.GetRequiredService<SampleSignIns>().List(token);
        if (sample.Names.Count > 0)
            await output.WriteLineAsync($"A sample community: sign in as {string.Join(", ", sample.Names)} with the password {sample.Password}");
    }

    // To the console alone: a log is read by more people than it should be.
    static async Task PrintFirstAdministratorLink(WebApplication app, TextWriter output, CancellationToken token)
    {
        if (!app.Environment.IsProduction())
            return;

        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstAdministratorLink>().Make(token) is { } link)
            await output.WriteLineAsync($"This site has no administrator yet. The first one registers here, once: {link}");
    }
}
