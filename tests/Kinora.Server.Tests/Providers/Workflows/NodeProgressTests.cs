using Kinora.Adapters.Providers.Workflows;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Workflows;

public sealed class NodeProgressTests
{
    [Fact]
    public void Part_IsOfNodesDone_AndHowFarThePresentOneIs()
    {
        var progress = new NodeProgress(4);
        progress.Part.ShouldBeNull("nothing was told");

        progress.Skip(["1"]);
        progress.Part.ShouldBe(0.25);
        progress.Work("2", 0);
        progress.Work(null, 0.5);
        progress.Part.ShouldBe(0.375);
        progress.Work("3", 0);
        progress.Part.ShouldBe(0.5, "who works now is not done");
    }

    [Fact]
    public void Part_NeverGoesBack_NorBeyondTheEnd()
    {
        var progress = new NodeProgress(2);

        progress.Work("1", 0.8);
        progress.Work("1", 0.1);
        progress.Part.ShouldBe(0.4, "a node that begins again");
        foreach (var node in (string[])["2", "3", "4", "5"])
        {
            progress.Work(node, 7);
        }

        progress.Part.ShouldBe(1, "a graph that grew on the way");
    }
}
