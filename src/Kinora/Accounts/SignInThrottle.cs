using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kinora.Errors;

namespace Kinora.Accounts;

/// <summary>
/// How often passwords may be tried: per account, and per address. It delays and never locks out: attempts come back with time, and an address from
/// which an account was signed in to has attempts of its own there, so that a flood by others cannot keep its owner out. Kept in the memory of this
/// process. Safe for many threads.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Accounts, and addresses, that are remembered.</summary>
    private const int Most = 50_000;

    private const int KnownPerAccount = 16;
    private const int PerAccount = 5;
    private const int PerAddress = 30;

    private static readonly TimeSpan AccountRefill = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan AddressRefill = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TokenBuckets _accounts = new(PerAccount, AccountRefill, Most, time);
    private readonly TokenBuckets _atHome = new(PerAccount, AccountRefill, Most, time);
    private readonly TokenBuckets _addresses = new(PerAddress, AddressRefill, Most, time);

    /// <summary>Addresses by account, the latest last. Only accounts that exist get here.</summary>
    private readonly Dictionary<string, List<string>> _known = new(StringComparer.Ordinal);

    /// <summary>Takes an attempt, before any work is done for it.</summary>
    /// <param name="account">Key of the name, whether there is such an account or not.</param>
    /// <exception cref="KinoraException"><c>rate_limited</c>: names the seconds to wait.</exception>
    public Attempt Begin(string account, string address)
    {
        var place = Place(address);
        lock (_lock)
        {
            var home = _known.TryGetValue(account, out var known) && known.Contains(place);
            (TokenBuckets Buckets, string Key)[] taken = home ? [(_atHome, $"{account}\n{place}")] : [(_accounts, account), (_addresses, place)];
            var wait = taken.Max(t => t.Buckets.WaitFor(t.Key));
            if (wait > TimeSpan.Zero)
            {
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
                throw new KinoraException(ErrorCodes.RateLimited, string.Create(CultureInfo.InvariantCulture, $"Too many attempts to sign in. Try again in {seconds} s."))
                {
                    RetryAfterSeconds = seconds,
                };
            }

            foreach (var (buckets, key) in taken)
            {
                buckets.Take(key);
            }

            return new Attempt(this, account, place, taken);
        }
    }

    /// <summary>An IPv6 address stands for its network of 64 bits: whoever has one has all of it.</summary>
    private static string Place(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
        {
            return address.Length <= 64 ? address : address[..64];
        }

        return ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4().ToString()
            : ip.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8))
            : ip.ToString();
    }

    private void Remember(string account, string place)
    {
        if (!_known.TryGetValue(account, out var known))
        {
            _known[account] = known = [];
        }

        known.Remove(place);
        known.Add(place);
        if (known.Count > KnownPerAccount)
        {
            known.RemoveAt(0);
        }
    }

    /// <summary>One try. It counts unless it is taken back.</summary>
    internal sealed class Attempt(SignInThrottle throttle, string account, string place, (TokenBuckets Buckets, string Key)[] taken)
    {
        /// <summary>It was the owner: the attempt is his again, and the address is known from now on.</summary>
        public void Succeeded()
        {
            lock (throttle._lock)
            {
                GiveBack();
                throttle.Remember(account, place);
            }
        }

        /// <summary>No password was compared after all.</summary>
        public void TakeBack()
        {
            lock (throttle._lock)
            {
                GiveBack();
            }
        }

        private void GiveBack()
        {
            foreach (var (buckets, key) in taken)
            {
                buckets.GiveBack(key);
            }
        }
    }
}
