using Kinora.Errors;
using Kinora.Events;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Events;

public sealed class EventPumpTests : IAsyncDisposable
{
    private readonly Engine _engine = new();
    private readonly FaultyStore _store;
    private readonly EventPump _pump;

    public EventPumpTests()
    {
        _store = new FaultyStore(_engine.Store);
        _pump = new EventPump(_store, TimeProvider.System, NullLogger<EventPump>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task WhatHappensAfterListenReturned_IsHeard_ThoughNobodyReadsYet()
    {
        using var listener = await ListenAsync();
        var id = await _engine.AddAsync();

        (await FirstOfAsync(listener, id)).Type.ShouldBe(JobEvent.Created);
    }

    [Fact]
    public async Task ListenersThatComeAndGoWhileThePumpRuns_MissNothing()
    {
        using var constant = await ListenAsync();
        var all = new List<JobId>();
        for (var round = 0; round < 50; round++)
        {
            using var brief = await ListenAsync();
            all.Add(await _engine.AddAsync());
            (await FirstOfAsync(brief, all[^1])).Type.ShouldBe(JobEvent.Created);
        }

        var heard = new List<JobId>();
        await foreach (var happened in constant.ReadAsync(Cancel))
        {
            heard.Add(happened.JobId);
            if (heard.Count == all.Count)
            {
                break;
            }
        }

        heard.ShouldBe(all);
    }

    [Fact]
    public async Task OtherPeoplesEvents_AreNotHeard()
    {
        using var other = await _pump.ListenAsync("somebody-else", Cancel);
        using var mine = await ListenAsync();
        var id = await _engine.AddAsync();
        await FirstOfAsync(mine, id);

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = other.ReadAsync(soon.Token).GetAsyncEnumerator(soon.Token);
        var next = first.MoveNextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();
        await soon.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    [Fact]
    public async Task AStoreThatFailsAtTheStart_IsAskedAgainByTheNextListener()
    {
        _store.OnLastEvent = () => throw new KinoraException(ErrorCodes.DatabaseBusy, "busy");
        await Should.ThrowAsync<KinoraException>(() => ListenAsync());
        _store.OnLastEvent = null;

        using var listener = await ListenAsync();
        var id = await _engine.AddAsync();
        await FirstOfAsync(listener, id);
    }

    private Task<EventListener> ListenAsync() => _pump.ListenAsync("ann", Cancel);

    private static async Task<JobEvent> FirstOfAsync(EventListener listener, JobId id)
    {
        await foreach (var happened in listener.ReadAsync(Cancel))
        {
            if (happened.JobId == id)
            {
                return happened;
            }
        }

        throw new InvalidOperationException("The listener was ended.");
    }
}
