namespace Kinora.Accounts;

/// <summary>
/// Buckets by key, each full at first and refilled evenly. Of bounded size: the fullest are forgotten first, because they forbid least, so that a flood
/// of other keys does not empty the table of those that are under attack. Not safe for two threads at once.
/// </summary>
/// <param name="size">What a bucket holds.</param>
/// <param name="refill">Time in which one comes back.</param>
/// <param name="most">Buckets kept.</param>
internal sealed class TokenBuckets(int size, TimeSpan refill, int most, TimeProvider time)
{
    private readonly Dictionary<string, Level> _levels = new(StringComparer.Ordinal);

    public int Count => _levels.Count;

    /// <summary>How long until one may be taken; zero when at once.</summary>
    public TimeSpan WaitFor(string key) => Now(key) is var left && left >= 1 ? TimeSpan.Zero : (1 - left) * refill;

    public void Take(string key)
    {
        if (_levels.Count >= most && !_levels.ContainsKey(key))
        {
            Forget();
        }

        Set(key, Now(key) - 1);
    }

    /// <summary>As if it had not been taken.</summary>
    public void GiveBack(string key)
    {
        if (_levels.ContainsKey(key))
        {
            Set(key, Math.Min(size, Now(key) + 1));
        }
    }

    private double Now(string key) => _levels.TryGetValue(key, out var level) ? Now(level) : size;

    private double Now(Level level) => Math.Min(size, level.Left + (time.GetElapsedTime(level.At) / refill));

    private void Set(string key, double left) => _levels[key] = new Level(left, time.GetTimestamp());

    private void Forget()
    {
        // A quarter at once, so that a flood does not pay for a look through the table with each key.
        foreach (var (key, _) in _levels.OrderByDescending(l => Now(l.Value)).Take(Math.Max(1, most / 4)).ToList())
        {
            _levels.Remove(key);
        }
    }

    private readonly record struct Level(double Left, long At);
}
