using Forum.Core.Pipeline;

namespace Forum.Core.Badges;

/// <summary>Somebody earned a badge.</summary>
/// <param name="UserId">Who.</param>
/// <param name="BadgeId">Which.</param>
/// <param name="PostId">By which post, or null.</param>
public sealed record BadgeAwarded(long UserId, long BadgeId, long? PostId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Profile(UserId).Badges().People();
}

/// <summary>Somebody does not hold a badge of a tag any more.</summary>
public sealed record BadgeLost(long UserId, long BadgeId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Profile(UserId).Badges().People();
}

/// <summary>Badges of some people were computed anew; nobody is told of each.</summary>
public sealed record BadgesRecomputed(int Awarded) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Reputations().Badges().People();
}
