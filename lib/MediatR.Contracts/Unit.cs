namespace MediatR;

/// <summary>The one value of a request that answers nothing; it stands where <see langword="void"/> cannot.</summary>
public readonly struct Unit : IEquatable<Unit>, IComparable<Unit>, IComparable
{
    private static readonly Unit One;

    /// <summary>The value.</summary>
    public static ref readonly Unit Value => ref One;

    /// <summary>A finished task that holds the value.</summary>
    public static Task<Unit> Task { get; } = System.Threading.Tasks.Task.FromResult(One);

    public int CompareTo(Unit other) => 0;
    int IComparable.CompareTo(object? obj) => 0;
    public override int GetHashCode() => 0;
    public bool Equals(Unit other) => true;
    public override bool Equals(object? obj) => obj is Unit;
    public static bool operator ==(Unit left, Unit right) => true;
    public static bool operator !=(Unit left, Unit right) => false;
    public static bool operator <(Unit left, Unit right) => false;
    public static bool operator <=(Unit left, Unit right) => true;
    public static bool operator >(Unit left, Unit right) => false;
    public static bool operator >=(Unit left, Unit right) => true;
    public override string ToString() => "()";
}
