using System.Net.Http.Headers;
using System.Text;
using Kinora.Server.Lab;
using Xunit;

namespace Kinora.Server.Tests.Lab;

/// <summary>A lab of its own for each test, and a plain HTTP client that has a key for it.</summary>
public abstract class LabScene : IAsyncLifetime
{
    private protected LabServer Lab { get; private set; } = null!;

    private protected HttpClient Http { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Lab = await LabServer.StartAsync();
        Http.BaseAddress = Lab.BaseUrl;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "anything");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Lab.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
