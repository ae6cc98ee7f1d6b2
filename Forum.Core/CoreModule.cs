using System.Reflection;
using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Care;
using Forum.Core.Closing;
using Forum.Core.Connections;
using Forum.Core.Departures;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Flags;
using Forum.Core.Inbox;
using Forum.Core.Locks;
using Forum.Core.Markdown;
using Forum.Core.Merging;
using Forum.Core.Moderation;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.PostNotices;
using Forum.Core.Questions;
using Forum.Core.Reviews;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Statistics;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Verification;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Forum.Core;

/// <summary>The wiring of this floor.</summary>
public static class CoreModule
{
    private static readonly Assembly Here = typeof(CoreModule).Assembly;

    // The assembly is looked through once, however often a process makes the forum.
    private static readonly Lazy<ServiceDescriptor[]> Found = new(() => [.. Find()]);

    /// <summary>Adds requests, rules, listeners and settings. The caller adds the delivery of events where it should run.</summary>
    public static IServiceCollection AddForumCore(this IServiceCollection services)
    {
        services.Add(Found.Value);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<Generations>();
        services.AddSingleton<WatchChanges>();
        services.AddSingleton<DeliverEvents>();
        services.AddSingleton<AwardBadges>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<ReverseSerialVotes>();
        services.AddSingleton<MergeSearchIndex>();
        services.AddSingleton<SettleBounties>();
        services.AddSingleton<AgeFlags>();
        services.AddSingleton<ChooseAudits>();
        services.AddSingleton<LapseVotes>();
        services.AddSingleton<EndLocks>();
        services.AddSingleton<ShortenJournal>();
        services.AddSingleton<KeepRendered>();
        services.AddSingleton<KeepTagScores>();
        services.AddSingleton<ApplyTagMerges>();
        services.AddSingleton<CountRelatedTags>();
        services.AddSingleton<ClearTags>();
        services.AddSingleton<TakeCare>();
        services.AddSingleton<BringUpOld>();
        services.AddSingleton<KeepRelated>();
        services.AddSingleton<TellOfReputation>();
        services.AddSingleton<CountLeaders>();
        services.AddSingleton<RankQuestions>();
        services.AddSingleton<CreditWiki>();
        services.AddSingleton<SettingsStore>();
        services.AddSingleton<ViewCounter>();
        services.AddSingleton<WordCounts>();
        services.AddSingleton<MarkdownRenderer>();
        services.AddScoped<CommunityMarkdown>();
        services.AddScoped<PostRendering>();
        services.AddScoped(provider => provider.GetRequiredService<SettingsStore>().Current);
        services.AddScoped<CurrentUser>();
        services.AddScoped<FormKey>();
        services.AddScoped<Happened>();
        services.AddScoped<Undoing>();
        services.AddScoped<ModerationLog>();
        services.AddScoped<DuplicateProposals>();
        services.AddScoped<Closings>();
        services.AddScoped<Deletions>();
        services.AddScoped<SuggestionDecisions>();
        services.AddSingleton<EndNotices>();
        services.AddScoped<Conversions>();
        services.AddSingleton<RunDepartures>();
        services.AddSingleton<PurgeIdle>();
        services.AddScoped<Leaving>();
        services.AddScoped<Erasure>();
        services.AddScoped<Merger>();
        services.AddScoped<SharedSteps>();
        services.AddSingleton<BlockedTexts>();
        services.AddSingleton<LearnSpam>();
        services.TryAddScoped<ISpamCheck, LearnedSpamCheck>();
        services.AddSingleton<CountStatistics>();
        services.AddSingleton<CountVotePairs>();
        services.AddSingleton<SightAddresses>();
        services.AddSingleton<Voting.ReleaseVotes>();
        services.AddSingleton<Counters>();
        services.AddScoped<Origin>();
        services.AddScoped<Protections>();
        return services;
    }

    private static ServiceCollection Find()
    {
        var services = new ServiceCollection();
        services.AddMediatR(mediatr =>
        {
            mediatr.RegisterServicesFromAssembly(Here);
            mediatr.AddOpenBehavior(typeof(Admit<,>));
            mediatr.AddOpenBehavior(typeof(Validate<,>));
            mediatr.AddOpenBehavior(typeof(KeepPace<,>));
            mediatr.AddOpenBehavior(typeof(Prepare<,>));
            mediatr.AddOpenBehavior(typeof(Screen<,>));
            mediatr.AddOpenBehavior(typeof(ApplySettings<,>));
            mediatr.AddOpenBehavior(typeof(InTransaction<,>));
            mediatr.AddOpenBehavior(typeof(KeepDailyPace<,>));
        });
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(Here, includeInternalTypes: true))
            services.AddScoped(found.InterfaceType, found.ValidatorType);

        AddImplementations(services, typeof(IPrepare<>));
        var listeners = Implementations(typeof(IHear<>)).ToList();
        foreach (var listener in listeners)
            services.AddScoped(listener);
        services.AddSingleton(new Listeners(listeners));

        foreach (var check in Kinds(typeof(ICheck)))
            services.AddSingleton(typeof(ICheck), check);
        foreach (var undo in Kinds(typeof(IUndo)))
            services.AddSingleton(typeof(IUndo), undo);
        return services;
    }

    // One object of each per scope, under its own type for the handler and under the contract for the pipeline.
    private static void AddImplementations(IServiceCollection services, Type contract)
    {
        foreach (var type in Implementations(contract))
        {
            services.AddScoped(type);
            foreach (var closed in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract))
                services.AddScoped(closed, provider => provider.GetRequiredService(type));
        }
    }

    private static IEnumerable<Type> Kinds(Type contract) =>
        Here.DefinedTypes.Where(type => type is { IsAbstract: false } && contract.IsAssignableFrom(type)).Select(type => type.AsType());

    private static IEnumerable<Type> Implementations(Type contract) =>
        from type in Here.DefinedTypes
        where type is { IsAbstract: false, IsGenericTypeDefinition: false }
        where type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract)
        select type.AsType();
}
