using System.Text.Json.Nodes;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Lab;

/// <summary>The vendor's own client watches the lab's streams: it knows the events, reads every picture, and each stream is one create.</summary>
public sealed class OfficialSdkStreamTests : LabScene
{
    [Fact]
    public async Task Streams_AreReadByTheOfficialClient_EachPaidOnce()
    {
        var picture = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(picture, await new LabPictures("ffmpeg").MakeAsync(new LabPicture(new(64, 48), "png", false)), Cancel);
            var run = await NodeClients.RunAsync("openai-streams.mjs", [new Uri(Lab.BaseUrl, "/openai/v1").ToString(), picture], Cancel, ("OPENAI_API_KEY", "sk-lab"));

            run.ExitCode.ShouldBe(0, run.Everything);
            Lab.Ledger.Creates.Count.ShouldBe(JsonNode.Parse(run.Out)!["creates"]!.GetValue<int>());
        }
        finally
        {
            File.Delete(picture);
        }

        Lab.Ledger.Creates.ShouldAllBe(create => create.Fields["stream"] == "true");
        Lab.Ledger.Creates.Select(create => create.Path).Take(6).ShouldBe(
            [
                "/openai/v1/images/generations", "/openai/v1/images/edits", "/openai/v1/images/generations", "/openai/v1/images/generations",
                "/openai/v1/responses", "/openai/v1/responses",
            ]);
        Lab.Ledger.Creates.Select(create => create.RemoteId).ShouldBeUnique();
    }
}
