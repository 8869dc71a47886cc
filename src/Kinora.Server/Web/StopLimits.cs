namespace Kinora.Server.Web;

/// <summary>How the time between the signal and the end is used.</summary>
/// <param name="Grace">Requests are still taken, and <c>/ready</c> says no.</param>
/// <param name="Finish">After that, requests and creates under way may end by themselves.</param>
/// <param name="Last">From the signal on: then the process is ended, whatever hangs.</param>
internal sealed record StopLimits(TimeSpan Grace, TimeSpan Finish, TimeSpan Last)
{
    /// <summary>Cutting off what did not end, and closing files, takes a moment too.</summary>
    private const double CloseSeconds = 3;

    public static StopLimits Of(ServerOptions options) => new(
        TimeSpan.FromSeconds(options.StopGraceSeconds),
        TimeSpan.FromSeconds(Math.Max(1, options.StopSeconds - options.StopGraceSeconds - CloseSeconds)),
        TimeSpan.FromSeconds(options.StopSeconds - 0.5));
}

/// <summary>Signals are for the command (<see cref="Commands.ServeCommand"/>): the server must not end by itself at once.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
