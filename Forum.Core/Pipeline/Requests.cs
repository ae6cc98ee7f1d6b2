namespace Forum.Core.Pipeline;

/// <summary>Marks a request that changes something: it runs in a transaction, and by default only for those signed in.</summary>
public interface ICommand;

/// <summary>Who may try a request at all; whether they may do it to this post is the feature's <c>WhyNot</c>.</summary>
public enum Who
{
    /// <summary>Anybody.</summary>
    Anyone,

    /// <summary>Those signed in and not suspended.</summary>
    SignedIn,

    /// <summary>Moderators and administrators.</summary>
    Moderator,

    /// <summary>Administrators.</summary>
    Administrator,
}

/// <summary>Declares who may try a request. Without it: anyone a query, those signed in a command.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAttribute(Who who) : Attribute
{
    /// <summary>Who may try.</summary>
    public Who Who { get; } = who;
}

/// <summary>
/// Declares that a form posted again does it again: what a repeated form key must not hush up, such as counting wrong passwords.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EachTimeAttribute : Attribute;

/// <summary>
/// Heavy work that a command needs done before it holds the writer: rendering Markdown, hashing. One for a scope; the
/// command's handler takes it too and finds the results in it.
/// </summary>
public interface IPrepare<in TRequest>
{
    /// <summary>Does the work.</summary>
    /// <exception cref="FluentValidation.ValidationException">What was said cannot be worked with.</exception>
    Task Prepare(TRequest request, CancellationToken token);
}
