using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Accounts;

/// <summary>
/// Where passwords are hashed: on the thread pool, a few at once and a few more in line, so that guessing cannot take the machine from everybody else.
/// A look that has no hash to compare with costs the same as any other.
/// </summary>
/// <param name="places">How many hashes may run at once.</param>
internal sealed class PasswordWork(IPasswordHasher hasher, IRandomBytes random, int places) : IDisposable
{
    /// <summary>How many more may wait.</summary>
    public const int LongestLine = 32;

    /// <summary>Seconds in which a full line is done with, roughly: a hash takes about a tenth of one.</summary>
    private const int Wait = 5;

    private readonly SemaphoreSlim _places = new(places);
    private readonly Lock _lock = new();
    private string? _nobodys;
    private int _inLine;

    /// <summary>Half of the processors: the other half is for everything else.</summary>
    public static int UsualPlaces => Math.Max(1, Environment.ProcessorCount / 2);

    /// <exception cref="KinoraException"><c>rate_limited</c>: too many wait already.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancel) => RunAsync(() => hasher.Hash(password), cancel);

    /// <param name="hash">Null when there is none: the answer is then wrong, after the same work.</param>
    /// <exception cref="KinoraException"><c>rate_limited</c>: too many wait already; nothing was compared.</exception>
    public Task<PasswordVerdict> VerifyAsync(string? hash, string password, CancellationToken cancel) => RunAsync(
        () =>
        {
            // Made before the first look of either kind, so that the two never differ.
            var nobodys = Nobodys();
            var verdict = hasher.Verify(hash ?? nobodys, password);
            return hash is null ? PasswordVerdict.Wrong : verdict;
        },
        cancel);

    public void Dispose() => _places.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await EnterAsync(cancel);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _places.Release();
        }
    }

    private async ValueTask EnterAsync(CancellationToken cancel)
    {
        if (_places.Wait(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _inLine) > LongestLine)
            {
                throw new KinoraException(ErrorCodes.RateLimited, $"Too many people sign in at this moment. Try again in {Wait} s.") { RetryAfterSeconds = Wait };
            }

            await _places.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _inLine);
        }
    }

    /// <summary>The hash of a password that nobody has, with today's rounds.</summary>
    private string Nobodys()
    {
        lock (_lock)
        {
            if (_nobodys is null)
            {
                Span<byte> bytes = stackalloc byte[32];
                random.Fill(bytes);
                _nobodys = hasher.Hash(Convert.ToHexString(bytes));
            }

            return _nobodys;
        }
    }
}
