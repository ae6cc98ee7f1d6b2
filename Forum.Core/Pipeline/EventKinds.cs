using System.Text.Json;
using MediatR;

namespace Forum.Core.Pipeline;

/// <summary>Events as they are stored, and back.</summary>
internal static class EventKinds
{
    private static readonly Dictionary<string, Type> Known = typeof(EventKinds).Assembly.DefinedTypes
        .Where(type => type is { IsAbstract: false } && typeof(INotification).IsAssignableFrom(type))
        .ToDictionary(type => type.FullName!, type => type.AsType(), StringComparer.Ordinal);

    /// <summary>The kinds that are nobody's act.</summary>
    public static IReadOnlyList<string> ByThemselves { get; } = [.. Known.Where(kind => typeof(IHappenByItself).IsAssignableFrom(kind.Value)).Select(kind => kind.Key).Order(StringComparer.Ordinal)];

    /// <summary>What happened; null when a newer program wrote it and this one does not know it, or knows it otherwise.</summary>
    public static INotification? Read(string kind, string payload)
    {
        try
        {
            return Known.TryGetValue(kind, out var type) ? (INotification)JsonSerializer.Deserialize(payload, type)! : null;
        }
        catch (JsonException)
        {
            // One event that nobody understands must not stop those who read on from it.
            return null;
        }
    }
}
