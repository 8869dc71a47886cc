using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>
/// A vendor's own client and ours ask the lab for the same things: what goes over the wire must be equal. Inherit it, run their program, make our wishes, compare.
/// </summary>
public abstract class FidelityScene : IAsyncLifetime
{
    protected const string Key = "vendor-key-0123456789";

    // Any bytes will do, they only have to arrive: the last byte tells the two apart.
    private static readonly byte[] _one = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[2_000], 1];
    private static readonly byte[] _two = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[2_000], 2];

    private protected LabServer Lab { get; private set; } = null!;

    private protected ProviderScene Scene { get; } = new();

    protected InputImage One => Scene.Picture(_one);

    protected InputImage Two => Scene.Picture(_two);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Lab = await LabServer.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        Scene.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The provider, with the vendor's address in the lab.</summary>
    private protected static IMediaProvider Connect(IProviderModule module, Uri baseUrl, string? dialect = null, params (string Name, string Value)[] extra)
    {
        var settings = new ProviderSettings
        {
            Name = "lab",
            Kind = module.Kind,
            BaseUrl = baseUrl,
            ApiKey = Key,
            Dialect = dialect,
            Extra = extra.ToDictionary(e => e.Name, e => e.Value, StringComparer.OrdinalIgnoreCase),
        };
        module.Check(settings).ShouldBeEmpty();
        return module.Create(settings, NoServices.Instance);
    }

    /// <summary>Runs a program of <c>tests/clients</c> with the address, and a folder in which <c>one.png</c> and <c>two.png</c> lie; the key is in <c>VENDOR_KEY</c>.</summary>
    private protected static async Task TheirsAsync(string script, Uri baseUrl, params (string Name, string Value)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("kinora-sdk-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "one.png"), _one, Cancel);
            await File.WriteAllBytesAsync(Path.Combine(folder, "two.png"), _two, Cancel);
            var run = await NodeClients.RunAsync(script, [baseUrl.ToString(), folder], Cancel, [("VENDOR_KEY", Key), .. environment]);
            run.ExitCode.ShouldBe(0, run.Everything);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes it and waits for its end.</summary>
    /// <returns>What a follow-up starts from.</returns>
    private protected async Task<SourceJob> MakeAsync(IMediaProvider provider, string model, GenerationRequest request, SourceJob? source = null)
    {
        var submission = Scene.Submission(request, model, source);
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var job = Scene.Job(submission, accepted.RemoteId, accepted.RemoteData);
        for (var look = 0; look < 20; look++)
        {
            if (await provider.CheckAsync(job, new Progress<double>(), Cancel) is not CheckOutcome.Running and var end)
            {
                return new SourceJob(submission.JobId, accepted.RemoteId, provider.Name, request, "", [request.Prompt])
                {
                    RemoteData = accepted.RemoteData,
                    RemoteUrl = end.ShouldBeOfType<CheckOutcome.Finished>().Outputs[0].Url,
                };
            }
        }

        throw new InvalidOperationException("The job does not end.");
    }
}
