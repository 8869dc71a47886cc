using Kinora.Jobs;
using Kinora.Server.Security;

namespace Kinora.Server.Realtime;

/// <summary>Live updates for Socket.IO clients at <c>/socket.io/</c>. Needs <c>UseWebSockets</c> in front.</summary>
internal sealed class RealtimeServer(RealtimeOptions options, SocketHub hub, HostGuard guard, IRandomBytes random, TimeProvider time) : IAsyncDisposable
{
    private const string Path = "/socket.io/";

    private readonly EngineSessions _sessions = new(options, random, time);

    /// <summary>How many clients there are.</summary>
    public int Count => _sessions.Count;

    public void Map(IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(_sessions.CloseAll);
        new EngineEndpoint(_sessions, guard, session => new SocketConnection(session, hub)).Map(app, Path);
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();
}
