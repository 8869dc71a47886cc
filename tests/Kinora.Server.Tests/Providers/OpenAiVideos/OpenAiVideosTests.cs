using Kinora.Adapters.Providers.OpenAiVideos;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiVideos;

/// <summary>A lab and a way to connect to it in any dialect.</summary>
public abstract class OpenAiVideosTests : IAsyncLifetime
{
    protected const string Key = "sk-lab/Key+0123456789=abcdef";

    private protected LabServer Lab { get; private set; } = null!;

    private protected ProviderScene Scene { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Lab = await LabServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        Scene.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected IMediaProvider Connect(string dialect, string? prefix = null) => new OpenAiVideosModule().Create(
        new ProviderSettings
        {
            Name = "lab",
            Kind = "openai-videos",
            BaseUrl = new Uri(Lab.BaseUrl, $"/{prefix ?? dialect}/v1"),
            ApiKey = Key,
            Dialect = dialect,
            Extra = new Dictionary<string, string> { ["TimeoutSeconds"] = "1" },
        },
        NoServices.Instance);

    protected static GenerationRequest Ask(string prompt) => new() { Prompt = prompt, Size = new(320, 180), Seconds = 1 };
}
