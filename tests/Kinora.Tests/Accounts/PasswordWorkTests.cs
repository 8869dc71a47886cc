using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class PasswordWorkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hashes_AFewAtOnce_AFewInLine_TheRestIsRefusedAtOnce()
    {
        using var hasher = new SlowHasher();
        using var work = new PasswordWork(hasher, new SystemRandomBytes(), places: 2);
        var running = Enumerable.Range(0, 2).Select(_ => work.HashAsync("x", Cancel)).ToList();
        hasher.Begun.Wait(2, Cancel);
        var inLine = Enumerable.Range(0, PasswordWork.LongestLine).Select(_ => work.HashAsync("x", Cancel)).ToList();

        var refusal = await Should.ThrowAsync<KinoraException>(() => work.HashAsync("x", Cancel));

        (refusal.Code, refusal.RetryAfterSeconds).ShouldBe((ErrorCodes.RateLimited, 5));
        refusal.Message.ShouldEndWith("Try again in 5 s.");
        hasher.Release.Set();
        await Task.WhenAll(running.Concat(inLine));
        hasher.MostAtOnce.ShouldBe(2);
        await work.HashAsync("x", Cancel);
    }

    [Fact]
    public async Task WhoLeavesTheLine_MakesRoom()
    {
        using var hasher = new SlowHasher();
        using var work = new PasswordWork(hasher, new SystemRandomBytes(), places: 1);
        var running = work.HashAsync("x", Cancel);
        using var leaving = new CancellationTokenSource();
        var inLine = Enumerable.Range(0, PasswordWork.LongestLine).Select(_ => work.HashAsync("x", leaving.Token)).ToList();

        await leaving.CancelAsync();
        foreach (var left in inLine)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => left);
        }

        var next = work.HashAsync("x", Cancel);
        hasher.Release.Set();
        await Task.WhenAll(running, next);
    }

    private sealed class SlowHasher : IPasswordHasher, IDisposable
    {
        private int _now;
        private int _most;

        public ManualResetEventSlim Release { get; } = new();

        public CountdownSignal Begun { get; } = new();

        public int MostAtOnce => _most;

        public string Hash(string password)
        {
            var now = Interlocked.Increment(ref _now);
            lock (Begun)
            {
                _most = Math.Max(_most, now);
            }

            Begun.Signal();
            Release.Wait(Cancel);
            Interlocked.Decrement(ref _now);
            return "hash";
        }

        public PasswordVerdict Verify(string hash, string password) => PasswordVerdict.Wrong;

        public void Dispose()
        {
            Release.Dispose();
            Begun.Dispose();
        }
    }

    private sealed class CountdownSignal : IDisposable
    {
        private readonly SemaphoreSlim _signals = new(0);

        public void Signal() => _signals.Release();

        public void Wait(int count, CancellationToken cancel)
        {
            for (var n = 0; n < count; n++)
            {
                _signals.Wait(cancel);
            }
        }

        public void Dispose() => _signals.Dispose();
    }
}
