using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;

namespace Kinora.Tests.Jobs;

/// <summary>What tests of a running runner wait for: the clock moves on in small steps meanwhile.</summary>
internal static class RunnerScene
{
    public static CheckOutcome Done { get; } = new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]);

    /// <summary>Looked at often, so that tests need not wait.</summary>
    public static T Quick<T>(T provider)
        where T : FakeProvider
    {
        provider.Traits = provider.Traits with { MinPoll = TimeSpan.FromMilliseconds(100) };
        return provider;
    }

    /// <summary>
    /// Lets twelve seconds pass, then small steps until the heartbeat has renewed: it may be just about to begin its pause, and would sleep for ever on a
    /// clock that stands still.
    /// </summary>
    public static async Task UntilRenewedAsync(Engine engine, JobId id)
    {
        engine.Clock.Advance(TimeSpan.FromSeconds(12));
        var now = engine.Clock.Now;
        await Engine.UntilAsync(async () =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return (await engine.GetAsync(id)).UpdatedAt >= now;
        });
    }

    public static Task UntilCheckedAsync(Engine engine, int checks) => Engine.UntilAsync(() =>
    {
        engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
        return Task.FromResult(engine.Provider.Checks.Count >= checks);
    });

    public static Task WithTimeAsync(Engine engine, JobId id, JobStatus status) => Engine.UntilAsync(
        async () =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return (await engine.GetAsync(id)).Status == status;
        },
        status.ToString());
}
