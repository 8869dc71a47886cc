using System.Security.Cryptography;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers;

/// <summary>What the engine would hand to a provider: submissions, remembered jobs, pictures on disk.</summary>
internal sealed class ProviderScene : IInputFiles, IDisposable
{
    private static readonly SystemRandomBytes _random = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinora-scene-");

    /// <summary>The model of a submission that names none.</summary>
    public string Model { get; set; } = "lab-video";

    public Task<string> PathAsync(InputImage image, CancellationToken cancel) => Task.FromResult(Path.Combine(_folder.FullName, image.Sha256));

    /// <summary>Its stored videos are gone.</summary>
    public bool Lost { get; set; }

    public Task<string> PathAsync(InputVideo video, CancellationToken cancel) =>
        Lost ? throw new KinoraException(ErrorCodes.AssetMissing, "It is gone.") : Task.FromResult(Path.Combine(_folder.FullName, video.Sha256));

    /// <summary>Stores a picture; its bytes only have to arrive as they are.</summary>
    public InputImage Picture(int bytes = 200_000) => Picture(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Stores these bytes as a picture.</summary>
    public InputImage Picture(byte[] data, string type = "image/png")
    {
        var image = new InputImage(Convert.ToHexStringLower(SHA256.HashData(data)), type, 1280, 720);
        File.WriteAllBytes(Path.Combine(_folder.FullName, image.Sha256), data);
        return image;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Submission Submission(GenerationRequest request, string? model = null, SourceJob? source = null) => new()
    {
        JobId = JobId.New(_random),
        ModelName = model ?? Model,
        Request = request,
        Source = source,
        Inputs = this,
        WorkFolder = _folder.FullName,
    };

    public RemoteJob Job(Submission submission, string remoteId, string? remoteData = null) => new()
    {
        JobId = submission.JobId,
        ModelName = submission.ModelName,
        Request = submission.Request,
        Source = submission.Source,
        Inputs = this,
        RemoteId = remoteId,
        RemoteData = remoteData,
        WorkFolder = _folder.FullName,
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
