using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Tests.Fakes;

/// <summary>Jobs for tests of the store and the engine.</summary>
internal static class TestJobs
{
    private static readonly SystemRandomBytes Random = new();

    public static Job New(DateTimeOffset at, string owner = "ann", string provider = "fake", string prompt = "a fox in the snow", string body = "body") =>
        From(new GenerationRequest { Prompt = prompt }, at, owner, provider) with { BodyHash = body };

    public static Job From(GenerationRequest request, DateTimeOffset at, string owner = "ann", string provider = "fake") => new()
    {
        Id = JobId.New(Random),
        Owner = owner,
        Kind = request.Kind,
        SessionId = request.Session,
        Provider = provider,
        Model = provider + "/model",
        RequestJson = JsonSerializer.Serialize(request, JobJson.Default.GenerationRequest),
        BodyHash = "body",
        SourceId = request.Source,
        CreatedAt = at,
    };
}
