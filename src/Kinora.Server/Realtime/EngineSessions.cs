using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>All sessions of this process, how many there may be, and the one timer that they share.</summary>
internal sealed class EngineSessions : IAsyncDisposable
{
    private const int CheckMilliseconds = 2_000;

    private readonly IRandomBytes _random;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ConcurrentDictionary<string, EngineSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _addresses = new(StringComparer.Ordinal);
    private readonly IdleMemory _memory = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sweeping;
    private int _count;
    private bool _closing;

    public EngineSessions(RealtimeOptions options, IRandomBytes random, TimeProvider time)
    {
        (Options, _random, _time, _start) = (options, random, time, time.GetTimestamp());
        _sweeping = SweepAsync();
    }

    public RealtimeOptions Options { get; }

    /// <summary>Milliseconds since the start; grows evenly.</summary>
    public long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    public int Count => _sessions.Count;

    public EngineSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>Opens a session, if there is room for it.</summary>
    public bool TryOpen(IPAddress? from, Func<EngineSession, IEngineHandler> handler, [NotNullWhen(true)] out EngineSession? session, [NotNullWhen(false)] out EngineError? refused)
    {
        session = null;
        var address = Counted(from);
        refused = Reserve(address);
        if (refused is not null)
        {
            return false;
        }

        session = new EngineSession(this, NewId(), address, handler);
        _sessions[session.Id] = session;
        return true;
    }

    /// <summary>24 characters of 144 random bits.</summary>
    public string NewId()
    {
        Span<byte> bits = stackalloc byte[18];
        _random.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }

    /// <summary>Only the session itself says that it is gone, once.</summary>
    public void Remove(EngineSession session)
    {
        _sessions.TryRemove(session.Id, out _);
        lock (_lock)
        {
            _count--;
            if (--_addresses[session.Address] == 0)
            {
                _addresses.Remove(session.Address);
            }
        }
    }

    /// <summary>Tells every client that the server goes; they come back by themselves. New ones are refused from now on.</summary>
    public void CloseAll()
    {
        lock (_lock)
        {
            _closing = true;
        }

        foreach (var session in _sessions.Values)
        {
            session.Close(EngineClose.GoingAway);
        }
    }

    public async ValueTask DisposeAsync()
    {
        CloseAll();
        await _stop.CancelAsync();
        await _sweeping;
        _stop.Dispose();
    }

    private EngineError? Reserve(string address)
    {
        lock (_lock)
        {
            var those = _addresses.GetValueOrDefault(address);
            if (_closing || _count >= Options.MaxConnections)
            {
                return EngineError.TooMany;
            }

            if (Options.MaxPerAddress != 0 && those >= Options.MaxPerAddress)
            {
                return EngineError.TooManyFromAddress;
            }

            _count++;
            _addresses[address] = those + 1;
            return null;
        }
    }

    /// <summary>An IPv6 network of 64 bits is one customer, and has more addresses than there could be limits for.</summary>
    private static string Counted(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private async Task SweepAsync()
    {
        var period = Math.Clamp(Math.Min(Options.PingIntervalMilliseconds, Math.Min(Options.PingTimeoutMilliseconds, Options.SignInMilliseconds)) / 10, 10, 500);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(period), _time);
        var checkAt = Now + CheckMilliseconds;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var now = Now;
                var check = now + period >= checkAt;
                checkAt = check ? now + CheckMilliseconds : checkAt;
                if (check)
                {
                    _memory.Look(_sessions.Count);
                }

                foreach (var (_, session) in _sessions)
                {
                    session.Sweep(now + period);
                    if (check)
                    {
                        _ = session.CheckAsync().Preserve();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the program.
        }
    }
}
