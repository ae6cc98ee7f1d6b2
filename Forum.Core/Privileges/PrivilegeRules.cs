using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Privileges;

/// <summary>Who has which privilege (docs/rules/privileges.md).</summary>
public static class PrivilegeRules
{
    /// <summary>
    /// Why a person may not use a privilege: <c>privileges.{key}.needs</c> with the reputation it needs and the one they
    /// have. Moderators have them all.
    /// </summary>
    public static Refusal? WhyNot(this ForumSettings settings, Privilege privilege, Person person)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(privilege);
        ArgumentNullException.ThrowIfNull(person);
        return person.IsModerator || person.Reputation >= settings.Needs(privilege)
            ? null
            : new Refusal($"privileges.{privilege.Key}.needs", settings.Needs(privilege), person.Reputation);
    }
}
