using Kinora.Server.Configuration;
using Kinora.Webhooks;

namespace Kinora.Server.Commands;

/// <summary>The engine of webhooks, for as long as a server runs. What happens while none runs is sent by the next.</summary>
internal sealed class WebhookSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public WebhookSession(KinoraHost host)
    {
        var dispatcher = host.Get<WebhookDispatcher>();
        _running = Task.Run(() => dispatcher.RunAsync(_stop.Token));
    }

    /// <summary>Takes a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // Stopped in the middle of a look; what it was about to do is done by the next server.
        }

        _stop.Dispose();
    }
}
