using System.Text.Json;
using Kinora.Generation;
using Kinora.Server.Api.Videos;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

public sealed class VideoRowTests
{
    [Fact]
    public void Options_AreToldAsTheyWereGiven_AndElseNotAtAll()
    {
        Row(new GenerationRequest { Prompt = "x", Options = new Dictionary<string, string> { ["watermark"] = "false", ["span"] = "0,2" } })
            .GetProperty("kinora").GetProperty("options").GetRawText().ShouldBe("""{"watermark":"false","span":"0,2"}""");
        Row(new GenerationRequest { Prompt = "x" }).GetProperty("kinora").TryGetProperty("options", out _).ShouldBeFalse();
    }

    private static JsonElement Row(GenerationRequest request)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            VideoRow.Write(json, TestJobs.From(request, DateTimeOffset.UnixEpoch));
        }

        return JsonSerializer.Deserialize<JsonElement>(stream.ToArray());
    }
}
