using System.Reflection;
using System.Text.RegularExpressions;
using Forum.Core;
using Forum.Core.Pipeline;
using MediatR;

namespace Forum.Tests;

/// <summary>The few conventions a compiler cannot hold.</summary>
public sealed partial class ShapeTests
{
    private static readonly Type[] Core = typeof(CoreModule).Assembly.GetTypes();

    [Test]
    public void Each_request_nests_one_handler()
    {
        var odd = Core
            .Where(t => typeof(IBaseRequest).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false })
            .Where(t => t.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Count(n => n.Name == "Handler") != 1)
            .Select(t => t.Name);

        Assert.That(odd, Is.Empty);
    }

    [Test]
    public void Rules_touch_neither_the_database_nor_a_clock()
    {
        var odd =
            from type in Core
            where type.Name.EndsWith("Rules", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true }
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            from parameter in method.GetParameters()
            where parameter.ParameterType.Name is "Db" or "TimeProvider"
            select $"{type.Name}.{method.Name}";

        Assert.That(odd, Is.Empty);
    }

    [Test]
    public void Core_knows_no_web_and_no_driver()
    {
        var names = typeof(CoreModule).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.That(names.Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || n is "Dapper" or "Microsoft.Data.Sqlite"), Is.Empty);
    }

    [Test]
    public void Nothing_is_called_service_manager_or_helper()
    {
        var odd = Core.Where(t => BadName().IsMatch(t.Name)).Select(t => t.FullName);

        Assert.That(odd, Is.Empty);
    }

    [Test]
    public void Commands_that_anybody_may_send_are_few_and_known()
    {
        var open = Core
            .Where(t => typeof(ICommand).IsAssignableFrom(t) && t.GetCustomAttribute<ForAttribute>()?.Who == Who.Anyone)
            .Select(t => t.Name);

        // Accounts begin before anybody is signed in; the rest is the console's and the background's.
        Assert.That(open, Is.SubsetOf(
            new[]
            {
                "RegisterAccount", "RegisterFirstAdministrator", "UpdateAccount", "CountFailedSignIn", "NoteVisit", "KeepProtectionKey",
                "MakeSample", "RecalculateReputation",
                // Also for those who are suspended: reading what one was told, and how. The handlers ask who it is.
                "MarkRead", "OpenNotice", "ChooseAppearance", "RenderStale",
            }));
    }

    [GeneratedRegex("(?:Service|Manager|Helper|Util|Utils|Dto|Impl|Base)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BadName();
}
