using System.Net;
using System.Text;

namespace Kinora.Server.Tests.Gateway;

/// <summary>What becomes of an answer on its way back.</summary>
internal enum Fate
{
    /// <summary>The connection is gone before it arrives.</summary>
    Lost,

    /// <summary>Something between client and server answers 500 instead.</summary>
    ServerError,
}

/// <summary>Hands every request on to the server, and does to the first answers what it is told.</summary>
internal sealed class LossyTransport(params Fate[] fates) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Queue<Fate> _fates = new(fates);

    /// <summary>Requests that reached the server.</summary>
    public int Attempts { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        Attempts++;
        if (!_fates.TryDequeue(out var fate))
        {
            return answer;
        }

        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        answer.Dispose();
        return fate == Fate.Lost
            ? throw new HttpRequestException("The connection was reset.", new IOException("Connection reset by peer"))
            : new HttpResponseMessage(HttpStatusCode.InternalServerError)
            {
                RequestMessage = request,
                Content = new StringContent("""{"error":{"message":"a proxy's","type":"server_error","param":null,"code":null}}""", Encoding.UTF8, "application/json"),
            };
    }
}
