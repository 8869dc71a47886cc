using System.Collections.Concurrent;
using Kinora.Accounts;

namespace Kinora.Tests.Fakes;

/// <summary>Hashes that cost nothing and tell what they would have cost.</summary>
internal sealed class CountingHasher : IPasswordHasher
{
    private int _made;

    public int Rounds { get; set; } = 210_000;

    /// <summary>Rounds of each look, in order.</summary>
    public ConcurrentQueue<int> Looks { get; } = new();

    public int Made => _made;

    public string Hash(string password)
    {
        Interlocked.Increment(ref _made);
        return $"{Rounds}:{Made}:{password}";
    }

    public PasswordVerdict Verify(string hash, string password)
    {
        var parts = hash.Split(':', 3);
        var rounds = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        Looks.Enqueue(rounds);
        return parts[2] != password ? PasswordVerdict.Wrong : rounds < Rounds ? PasswordVerdict.RightButOld : PasswordVerdict.Right;
    }
}
