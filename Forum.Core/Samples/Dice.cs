namespace Forum.Core.Samples;

/// <summary>Chance that falls the same way each time: xorshift over a number's own seed.</summary>
internal sealed class Dice
{
    private ulong state;

    /// <param name="number">What the dice are for: a question, a person.</param>
    /// <param name="salt">Tells apart what the dice decide of it.</param>
    public Dice(long number, int salt = 0)
    {
        // Neighbouring numbers must not fall alike: the seed goes through a mixer (splitmix64) first.
        var mixed = unchecked((ulong)number * 0x9E3779B97F4A7C15UL + (ulong)salt * 0xD1B54A32D192ED03UL + 0x632BE59BD9B4E019UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        state = (mixed ^ (mixed >> 31)) | 1;
    }

    /// <summary>From 0 to less than 1.</summary>
    public double Real()
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) / (double)(1UL << 53);
    }

    /// <summary>From 0 to less than <paramref name="below"/>.</summary>
    public int Next(int below) => (int)(Real() * below);

    /// <summary>From nothing to less than <paramref name="below"/>, to the second.</summary>
    public TimeSpan Next(TimeSpan below) => TimeSpan.FromSeconds(Math.Floor(below.TotalSeconds * Real()));

    /// <summary>Whether something happens that happens so often.</summary>
    public bool Chance(double of) => Real() < of;

    /// <summary>One of them.</summary>
    public T Of<T>(T[] some) => some[Next(some.Length)];

    /// <summary>From 0 to less than <paramref name="below"/>, the first the most: the power law of who does how much.</summary>
    /// <param name="below">How many there are.</param>
    /// <param name="lean">1: all alike; the more, the more the first ones have.</param>
    public int Power(int below, double lean) => Math.Min(below - 1, (int)(below * Math.Pow(Real(), lean)));

    /// <summary>0, 1, 2 … each less often than the one before, this many on average.</summary>
    public int Count(double mean) => (int)(Math.Log(1 - Real()) / Math.Log(mean / (1 + mean)));
}

/// <summary>Draws from a number of things of which the second comes about half as often as the first, the third a third as often …</summary>
internal sealed class Zipf
{
    // Mandelbrot's correction of the law, with the numbers usual for English.
    private const double Shift = 2.7;
    private const double Exponent = 1.1;

    private readonly double[] share;
    private readonly int[] other;

    /// <param name="count">How many things there are.</param>
    public Zipf(int count)
    {
        // Walker's alias method: a draw costs the same however many there are.
        var weights = Enumerable.Range(0, count).Select(rank => 1 / Math.Pow(rank + 1 + Shift, Exponent)).ToArray();
        var mean = weights.Average();
        share = [.. weights.Select(weight => weight / mean)];
        other = new int[count];
        var poor = new Stack<int>(Enumerable.Range(0, count).Where(i => share[i] < 1));
        var rich = new Stack<int>(Enumerable.Range(0, count).Where(i => share[i] >= 1));
        while (poor.TryPop(out var taker) && rich.TryPeek(out var giver))
        {
            other[taker] = giver;
            share[giver] -= 1 - share[taker];
            if (share[giver] < 1)
                poor.Push(rich.Pop());
        }

        // What is left is 1 but for rounding.
        foreach (var i in poor.Concat(rich))
            (share[i], other[i]) = (1, i);
    }

    /// <summary>The rank of what is drawn, from 0.</summary>
    public int Draw(Dice dice)
    {
        var place = dice.Real() * share.Length;
        var rank = (int)place;
        return place - rank < share[rank] ? rank : other[rank];
    }
}
