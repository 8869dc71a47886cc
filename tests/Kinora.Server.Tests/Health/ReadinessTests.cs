using System.Reflection;
using Kinora.Assets;
using Kinora.Configuration;
using Kinora.Folders;
using Kinora.Jobs;
using Kinora.Server.Configuration;
using Kinora.Server.Health;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Health;

public sealed class ReadinessTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KinoraHost _host;
    private readonly StopSignal _stop = new();
    private readonly Storage _storage;

    public ReadinessTests()
    {
        _host = KinoraHost.Open(new KinoraConfiguration(new DataFolder(_folder.Path), new ConfigurationBuilder().Build(), new Dictionary<string, string>()));
        _storage = (Storage)DispatchProxy.Create<IAssetStore, Storage>();
    }

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task StorageThatNeverAnswers_IsNotReady_AndTakesOneThreadHoweverOftenItIsAskedFor()
    {
        var never = new TaskCompletionSource();
        _storage.Check = () => never.Task;
        var ready = Readiness();

        (await ready.FailingAsync()).ShouldBe(["storage"]);
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await ready.FailingAsync()).ShouldBe(["storage"]);
        _storage.Checks.ShouldBe(1);

        never.SetResult();
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await ready.FailingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AskedManyTimesInASecond_LooksOnce()
    {
        _storage.Check = () => Task.CompletedTask;
        var ready = Readiness();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ready.FailingAsync()));
        await ready.FailingAsync();
        _storage.Checks.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        await ready.FailingAsync();
        _storage.Checks.ShouldBe(2);
    }

    [Fact]
    public async Task ToldToEnd_IsNotReadyAtOnce_WhateverWasSeenBefore()
    {
        _storage.Check = () => Task.CompletedTask;
        var ready = Readiness();
        (await ready.FailingAsync()).ShouldBeEmpty();

        _stop.Begin();

        (await ready.FailingAsync()).ShouldBe(["stopping"]);
    }

    [Fact]
    public async Task DiskStorage_IsTriedByWriting_AndLeavesNothing()
    {
        await _host.Get<IAssetStore>().CheckAsync(TestContext.Current.CancellationToken);

        Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "assets")).ShouldBeEmpty();
    }

    private readonly HandedClock _clock = new();

    private Readiness Readiness() => new(_host.Get<IJobStore>(), (IAssetStore)(object)_storage, _host.Get<UserFolders>(), _stop, _clock);

    private sealed class HandedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }

    /// <summary>A store of which only the look is asked for.</summary>
    public class Storage : DispatchProxy
    {
        private int _checks;

        public Func<Task> Check { get; set; } = null!;

        public int Checks => _checks;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            targetMethod!.Name.ShouldBe(nameof(IAssetStore.CheckAsync));
            Interlocked.Increment(ref _checks);
            return Check();
        }
    }
}
