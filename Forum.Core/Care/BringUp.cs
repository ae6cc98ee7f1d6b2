using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Care;

/// <summary>
/// Brings a forgotten question to the top as the Community user, whose answers nobody has voted on; returns which one, or null when none
/// waits or it is too soon. The background's. Rules: docs/rules/care.md.
/// </summary>
[For(Who.Anyone)]
public sealed record BringUp : IRequest<long?>, ICommand
{
    private const string Bumped = "bumped";

    internal sealed class Handler(Db db, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<BringUp, long?>
    {
        public async Task<long?> Handle(BringUp request, CancellationToken token)
        {
            var (now, rules) = (clock.GetUtcNow(), settings.Care);
            if (!rules.BringsUp || await db.Job(Job, token) is { } last && last.UpdatedAt + rules.BringUpEvery > now)
                return null;
            if (await db.ToBringUp(now - rules.BringUpAfter, token) is not { } question)
                return null;

            await db.Bump(question.Id, now, token);
            await db.Execute(
                "insert into post_events (post_id, kind, actor_id, at) values (@Id, @Bumped, @Community, @now)",
                new { question.Id, Bumped, People.Community, now }, token);
            await db.Relist(question.Id, token);
            await db.KeepJob(Job, "", now, token);
            happened.Note(new QuestionBroughtUp(question.Id));
            return question.Id;
        }
    }

    /// <summary>What <c>jobs</c> calls it.</summary>
    internal const string Job = "care-bring-up";
}

/// <summary>A forgotten question was brought up.</summary>
public sealed record QuestionBroughtUp(long QuestionId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId);
}

/// <summary>Sends <see cref="BringUp"/> when it is time.</summary>
public sealed class BringUpOld(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<BringUpOld> log)
    : Recurring(Interval, "No old question could be brought up; it is tried again.", log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Brings one up, if it is time; a dry run only says which one is next.</summary>
    public async Task<long?> Next(bool isDry, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!isDry)
            return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new BringUp(), token);

        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return (await db.ToBringUp(clock.GetUtcNow() - settings.Current.Care.BringUpAfter, token))?.Id;
    }

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Next(isDry: false, token);
}

/// <summary>Which question has waited longest.</summary>
internal static class Forgotten
{
    /// <summary>The one that nothing happened to for longest, of those with an answer at 0 and none above.</summary>
    public static Task<ForgottenQuestion?> ToBringUp(this Db db, DateTimeOffset before, CancellationToken token) =>
        db.Find<ForgottenQuestion>(
            """
            select p.id as Id, p.title as Title, p.active_at as ActiveAt
            from posts p
            where p.kind = 1 and p.is_listed = 1 and p.is_answered = 0 and p.answer_count > 0 and p.closed_at is null and p.locked_at is null
              and p.active_at < @before
              and exists (select 1 from posts a where a.question_id = p.id and a.kind = 2 and a.deleted_at is null and a.score = 0)
            order by p.active_at
            limit 1
            """, new { before }, token);
}

/// <summary>A question that is brought up next.</summary>
public sealed record ForgottenQuestion
{
    public long Id { get; init; }
    public string Title { get; init; } = "";
    public DateTimeOffset ActiveAt { get; init; }
}
