using Forum.Core.Badges;
using Forum.Core.Departures;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>A person's profile.</summary>
/// <param name="Id">Whose.</param>
/// <param name="IsWhole">Whether with tags, posts and badges, as its first page shows them; else the person alone.</param>
public sealed record ShowUser(long Id, bool IsWhole = true) : IRequest<ShowUser.View>
{
    private const int TopTags = 10;

    private const int TopPosts = 5;

    private const int TopBadges = 3;

    /// <summary>What others see of a person.</summary>
    /// <param name="User">The person.</param>
    /// <param name="Tags">The tags their posts score most under.</param>
    /// <param name="Questions">Their best questions.</param>
    /// <param name="Answers">Their best answers.</param>
    /// <param name="Badges">The newest of each class.</param>
    public sealed record View(
        User User, IReadOnlyList<Tag> Tags, PageOf<ListUserPosts.Item> Questions, PageOf<ListUserPosts.Item> Answers, IReadOnlyList<HeldBadge> Badges)
    {
        /// <summary>Who they are now, of somebody whose account became one with another; there is nothing else to show then.</summary>
        public long? MovedTo { get; init; }
    }

    /// <summary>A person.</summary>
    public sealed record User
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public bool IsModerator { get; init; }
        public bool IsAdministrator { get; init; }
        public int Gold { get; init; }
        public int Silver { get; init; }
        public int Bronze { get; init; }
        public int QuestionCount { get; init; }
        public int AnswerCount { get; init; }

        /// <summary>What they say of themselves, as it is sent to the browser.</summary>
        public string About { get; init; } = "";
        public string Location { get; init; } = "";
        public string Website { get; init; } = "";
        public string Picture { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset SeenAt { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }
        public DateTimeOffset? RemovedAt { get; init; }

        /// <summary>Whether one of their posts has a score above 0. What others say of themselves is not for search engines.</summary>
        public bool HasGoodPost { get; init; }

        /// <summary>Whether search engines may follow the link to the website (docs/rules/profiles.md, section 1).</summary>
        public bool IsWebsiteFollowed { get; init; }

        /// <summary>Whether this is who acts when no person does.</summary>
        public bool IsCommunity => Id == -1;

        /// <summary>The readable end of the address.</summary>
        public string Slug => Questions.Slug.Of(Name);

        /// <summary>The website as a link, or null when it is none that can be followed safely.</summary>
        public Uri? WebsiteLink => ProfileRules.Link(Website);
    }

    /// <summary>A tag a person has posts in.</summary>
    public sealed record Tag
    {
        public string Name { get; init; } = "";
        public int Posts { get; init; }
        public int Score { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser me, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowUser, View>
    {
        public async Task<View> Handle(ShowUser show, CancellationToken token)
        {
            var user = Seen(await db.Find<User>(
                """
                select id as Id, name as Name, reputation as Reputation, is_moderator as IsModerator, is_administrator as IsAdministrator,
                       gold as Gold, silver as Silver, bronze as Bronze,
                       question_count as QuestionCount, answer_count as AnswerCount, about_html as About, location as Location, website as Website,
                       picture as Picture, created_at as CreatedAt, seen_at as SeenAt, suspended_until as SuspendedUntil, removed_at as RemovedAt,
                       exists (select 1
                               from posts
                               where author_id = users.id and kind in (1, 2) and is_listed = 1 and score > 0) as HasGoodPost
                from users
                where id = @Id
                """,
                new { show.Id }, token) ?? throw new NotFoundException());
            if (user.RemovedAt is not null)
                return await db.MovedTo(user.Id, token) is { } other ? new View(user, [], Nothing, Nothing, []) { MovedTo = other } : throw new NotFoundException(wasDeleted: true);

            if (!show.IsWhole)
                return new View(user with { About = "" }, [], Nothing, Nothing, []);

            return new View(
                user with { About = await db.Shown(user.About, "about-", settings, token) },
                await Tags(show.Id, token),
                await db.PostsOf(new ListUserPosts(show.Id, UserPosts.Questions), TopPosts, token),
                await db.PostsOf(new ListUserPosts(show.Id, UserPosts.Answers), TopPosts, token),
                user.Gold + user.Silver + user.Bronze > 0 ? await db.NewestBadges(show.Id, TopBadges, token) : []);
        }

        private static PageOf<ListUserPosts.Item> Nothing { get; } = new([], 1, TopPosts, 0);

        // Who is suspended is shown without what they earned; it is kept, and they see it themselves.
        private User Seen(User user)
        {
            var seen = user.SuspendedUntil > clock.GetUtcNow() && me.Id != user.Id ? user with { Reputation = ReputationSettings.Start, Gold = 0, Silver = 0, Bronze = 0 } : user;
            return seen with { IsWebsiteFollowed = seen.Reputation >= settings.Limits.FollowedWebsiteReputation };
        }

        private Task<IReadOnlyList<Tag>> Tags(long user, CancellationToken token) =>
            db.Query<Tag>(
                """
                select t.name as Name, s.questions + s.answers as Posts, s.question_score + s.answer_score as Score
                from tag_scores s
                join tags t on t.id = s.tag_id
                where s.user_id = @user
                order by Score desc, Posts desc, t.name
                limit @TopTags
                """,
                new { user, TopTags }, token);
    }
}
