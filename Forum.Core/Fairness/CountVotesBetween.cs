using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Fairness;

/// <summary>
/// How often one person voted for another, and the other way round: what a moderator looks at before votes are taken out. Each is said by
/// their number or by the address of their profile.
/// </summary>
[For(Who.Moderator)]
public sealed partial record CountVotesBetween(string Voter, string Author) : IRequest<CountVotesBetween.View>
{
    /// <summary>The votes of each for the other.</summary>
    /// <param name="There">Of the first for the second.</param>
    /// <param name="Back">Of the second for the first.</param>
    public sealed record View(Votes There, Votes Back);

    /// <summary>Votes of one person for the posts of another.</summary>
    public sealed record Votes
    {
        public long VoterId { get; init; }
        public string Voter { get; init; } = "";
        public long AuthorId { get; init; }
        public string Author { get; init; } = "";
        public int Up { get; init; }
        public int Down { get; init; }

        /// <summary>When the last of them was cast.</summary>
        public DateTimeOffset? Last { get; init; }

        /// <summary>Of all votes that stand.</summary>
        public int Total => Up + Down;
    }

    internal sealed class Rules : AbstractValidator<CountVotesBetween>
    {
        public Rules()
        {
            RuleFor(c => c.Voter).Must(who => IdOf(who) is not null).WithErrorCode("moderation.no-person");
            RuleFor(c => c.Author).Cascade(CascadeMode.Stop)
                .Must(who => IdOf(who) is not null).WithErrorCode("moderation.no-person")
                .Must((c, who) => IdOf(who) != IdOf(c.Voter)).WithErrorCode("moderation.same-person");
        }
    }

    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<CountVotesBetween, View>
    {
        public async Task<View> Handle(CountVotesBetween count, CancellationToken token)
        {
            var (voter, author) = (IdOf(count.Voter)!.Value, IdOf(count.Author)!.Value);
            var there = await Votes(voter, author, token);
            var back = await Votes(author, voter, token);
            if (there is null || back is null)
                throw new ValidationException(await Missing(voter, author, token));

            // Who voted for oneself, and how, is not a moderator's to see either.
            FairnessRules.WhyNotJudge(user.Required, voter, author)?.Throw();
            return new View(there, back);
        }

        private Task<Votes?> Votes(long voter, long author, CancellationToken token) =>
            db.Find<Votes>(
                """
                select v.id as VoterId, v.name as Voter, a.id as AuthorId, a.name as Author,
                       count(*) filter (where cast_votes.direction = 1) as Up, count(*) filter (where cast_votes.direction = -1) as Down, max(cast_votes.cast_at) as Last
                from users v
                join users a on a.id = @author
                left join (
                    select votes.user_id, votes.direction, votes.cast_at
                    from votes
                    join posts p on p.id = votes.post_id and p.author_id = @author
                    where votes.user_id = @voter) cast_votes on cast_votes.user_id = v.id
                where v.id = @voter
                group by v.id, a.id
                """,
                new { voter, author }, token);

        private async Task<IEnumerable<ValidationFailure>> Missing(long voter, long author, CancellationToken token)
        {
            var there = await db.Query<long>($"select id from users where {db.Dialect.In("id", "@ids")}", new { ids = new[] { voter, author } }, token);
            return
                from asked in new[] { (Field: nameof(Voter), Id: voter), (Field: nameof(Author), Id: author) }
                where !there.Contains(asked.Id)
                select new ValidationFailure(asked.Field, "") { ErrorCode = "moderation.nobody" };
        }
    }

    // 12, /users/12, https://somewhere/users/12/ada
    private static long? IdOf(string? who) =>
        Person().Match((who ?? "").Trim()) is { Success: true } found && long.TryParse(found.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    [GeneratedRegex(@"^(?:(?:https?://[^/\s]+)?/users/)?(?<id>[0-9]{1,18})(?:/\S*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Person();
}
