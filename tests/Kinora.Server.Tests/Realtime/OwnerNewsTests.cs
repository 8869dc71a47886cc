using Kinora.Events;
using Kinora.Jobs;
using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

public sealed class OwnerNewsTests
{
    [Fact]
    public async Task AListenerThatFellTooFarBehind_ReadsWhatItMissedFromTheStore()
    {
        await using var scene = await RealtimeScene.StartAsync();
        var arrived = 0;
        var much = new TaskCompletionSource();
        var news = new OwnerNews(scene.Store, scene.Events, "ann", () => _ = Interlocked.Increment(ref arrived) == EventListener.Room + 1 && much.TrySetResult());
        await news.ListenAsync();
        var first = await scene.AddAsync("ann");
        await scene.MoveAsync(first, JobStatus.Running);
        await Parallel.ForEachAsync(Enumerable.Range(0, EventListener.Room), TestContext.Current.CancellationToken, async (_, _) => await scene.NoteAsync(first));
        await much.Task;
        var late = await scene.AddAsync("ann");
        var foreign = await scene.AddAsync("bob");

        news.Gather().Select(e => e.JobId).ShouldBe([first], "the listener has ended before the last event");
        await news.ListenAsync();

        news.Gather().Select(e => e.JobId).ShouldBe([first, late], ignoreOrder: true);
        foreign.ShouldNotBe(late);
        var after = await scene.AddAsync("ann");
        while (!news.Gather().Any(e => e.JobId == after))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        news.Stop();
    }
}
