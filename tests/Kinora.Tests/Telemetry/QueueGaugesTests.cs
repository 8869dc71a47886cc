using Kinora.Telemetry;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Telemetry;

public sealed class QueueGaugesTests
{
    private readonly TestClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_FiguresThatTakeNoTime_AreReadAgainAfterTwoSeconds()
    {
        var figures = new SlowFigures(_clock, TimeSpan.Zero);
        using var gauges = new QueueGauges(figures, _clock);

        await gauges.RefreshAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        await gauges.RefreshAsync(Cancel);
        figures.Readings.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await gauges.RefreshAsync(Cancel);
        figures.Readings.ShouldBe(2);
    }

    [Fact]
    public async Task Refresh_FiguresThatTakeASecond_AreReadAgainAfterTwentySeconds()
    {
        var figures = new SlowFigures(_clock, TimeSpan.FromSeconds(1));
        using var gauges = new QueueGauges(figures, _clock);

        await gauges.RefreshAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(19.9));
        await gauges.RefreshAsync(Cancel);
        figures.Readings.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await gauges.RefreshAsync(Cancel);
        figures.Readings.ShouldBe(2);
    }

    private sealed class SlowFigures(TestClock clock, TimeSpan each) : IQueueFigures
    {
        public int Readings { get; private set; }

        public Task<IReadOnlyList<QueueFigure>> ReadAsync(CancellationToken cancel)
        {
            Readings++;
            clock.Advance(each);
            return Task.FromResult<IReadOnlyList<QueueFigure>>([]);
        }
    }
}
