using Amazon.Runtime;

namespace Kinora.Adapters.Storage.S3;

/// <summary>Connections to the bucket: bounded in time, never redirected elsewhere with our signature.</summary>
/// <param name="timeout">Of one request, until the head of its answer is here; its body has a limit of its own (<see cref="S3ReadStream"/>).</param>
internal sealed class S3HttpClients(TimeSpan timeout) : HttpClientFactory
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new SocketsHttpHandler
    {
        ConnectTimeout = timeout < ConnectLimit ? timeout : ConnectLimit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        Timeout = timeout,
    };
}
