using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Tools;

/// <summary>Sends <c>notifications/progress</c> on the stream of the call itself. The protocol wants every value larger than the one before.</summary>
internal sealed class ToolProgress : IToolProgress
{
    /// <summary>So much is added where nothing moved but the client should hear that the call is alive.</summary>
    private const double Tick = 0.01;

    private readonly McpServer _server;
    private readonly ProgressToken _token;
    private double _last = -Tick;

    private ToolProgress(McpServer server, ProgressToken token) => (_server, _token) = (server, token);

    public static IToolProgress Of(RequestContext<CallToolRequestParams> request) =>
        request.Params.ProgressToken is { } token ? new ToolProgress(request.Server, token) : Silent.Instance;

    public async Task ReportAsync(double percent, string message, CancellationToken cancel)
    {
        _last = Math.Max(percent, _last + Tick);
        try
        {
            await _server.NotifyProgressAsync(
                _token, new ProgressNotificationValue { Progress = (float)_last, Total = 100, Message = message }, cancellationToken: cancel);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client stopped listening; the call itself will hear of it.
        }
    }

    private sealed class Silent : IToolProgress
    {
        public static readonly Silent Instance = new();

        public Task ReportAsync(double percent, string message, CancellationToken cancel) => Task.CompletedTask;
    }
}
