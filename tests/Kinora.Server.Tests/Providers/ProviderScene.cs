using System.Security.Cryptography;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers;

/// <summary>What the engine would hand to a provider: submissions, remembered jobs, pictures on disk.</summary>
internal sealed class ProviderScene : IInputFiles, IDisposable
{
    private static readonly SystemRandomBytes _random = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinora-scene-");

    public Task<string> PathAsync(InputImage image, CancellationToken cancel) => Task.FromResult(Path.Combine(_folder.FullName, image.Sha256));

    /// <summary>Stores a picture; its bytes only have to arrive as they are.</summary>
    public InputImage Picture(int bytes = 200_000)
    {
        var data = RandomNumberGenerator.GetBytes(bytes);
        var image = new InputImage(Convert.ToHexStringLower(SHA256.HashData(data)), "image/png", 1280, 720);
        File.WriteAllBytes(Path.Combine(_folder.FullName, image.Sha256), data);
        return image;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Submission Submission(GenerationRequest request, string model = "lab-video", SourceJob? source = null) => new()
    {
        JobId = JobId.New(_random),
        ModelName = model,
        Request = request,
        Source = source,
        Inputs = this,
        WorkFolder = _folder.FullName,
    };

    public RemoteJob Job(Submission submission, string remoteId) => new()
    {
        JobId = submission.JobId,
        ModelName = submission.ModelName,
        Request = submission.Request,
        Source = submission.Source,
        Inputs = this,
        RemoteId = remoteId,
        WorkFolder = _folder.FullName,
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
