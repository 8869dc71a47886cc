using System.Text;
using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

public sealed class EngineOutboxTests
{
    private readonly List<EngineClose> _closed = [];
    private readonly EngineOutbox _outbox;

    public EngineOutboxTests() => _outbox = new EngineOutbox(new RealtimeOptions { MaxWaiting = 16, MaxWaitingBytes = 100_000 }, () => { }, _closed.Add);

    [Fact]
    public void AGet_WaitsUntilSomethingIsSent_AndGetsAllOfIt()
    {
        var poll = _outbox.BeginPoll()!;
        poll.IsCompleted.ShouldBeFalse();

        _outbox.Send("4a"u8.ToArray());
        poll.IsCompleted.ShouldBeTrue();
        _outbox.Send("4b"u8.ToArray());

        End().ShouldBe("4a 4b");
        _outbox.BeginPoll()!.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void AGetThatWaits_EndsWithANoop_WhenTheClientSaysThatItLeaves()
    {
        var poll = _outbox.BeginPoll()!;

        _outbox.Close(EngineClose.ClientLeft);

        poll.IsCompleted.ShouldBeTrue();
        End().ShouldBe("6 last");
        _closed.ShouldBe([EngineClose.ClientLeft]);
    }

    [Fact]
    public void WhatWasSentBeforeTheEnd_IsFetchedBeforeTheEndIs()
    {
        _outbox.Send("441"u8.ToArray());
        _outbox.Close(EngineClose.Refused);
        _outbox.Send("4late"u8.ToArray());

        Poll().ShouldBe("441");
        Poll().ShouldBe("1 last");
    }

    [Fact]
    public void OneMorePacketThanMayWait_EndsIt_AndNothingIsKept()
    {
        for (var i = 0; i < 16; i++)
        {
            _outbox.Send("4x"u8.ToArray());
        }

        _outbox.IsOpen.ShouldBeTrue();
        _outbox.HasRoom.ShouldBeFalse();

        _outbox.Send("4x"u8.ToArray());

        _closed.ShouldBe([EngineClose.TooSlow]);
        Poll().ShouldBe("1 last");
    }

    [Fact]
    public void MoreBytesThanMayWait_EndIt_ButOneLargeMessageAloneMayWait()
    {
        _outbox.Send(new byte[200_000]);
        _outbox.IsOpen.ShouldBeTrue();

        _outbox.Send([1]);

        _outbox.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task ItEndsOnce_HoweverManySayItAtTheSameTime()
    {
        await Parallel.ForAsync(0, 100, TestContext.Current.CancellationToken, (_, _) =>
        {
            _outbox.Close(EngineClose.Silent);
            return ValueTask.CompletedTask;
        });

        _closed.ShouldBe([EngineClose.Silent]);
    }

    private string Poll()
    {
        _outbox.BeginPoll();
        return End();
    }

    private string End()
    {
        var text = string.Join(' ', _outbox.EndPoll(out var last).Select(Encoding.UTF8.GetString));
        return last ? text + " last" : text;
    }
}
