using Kinora.Adapters.Providers.Relay;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Shouldly;

namespace Kinora.Server.Tests.Providers.Relay;

/// <summary>The contract, for one profile against the relay of the lab that it describes.</summary>
public abstract class RelayContract(string profile, string prefix) : ProviderContract
{
    protected override string Model => "sora-2";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => RelayScene.Connect(profile, new Uri(lab, "/" + prefix), key, [], Clock);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(1280, 720), Seconds = 1 };
}

public sealed class JuxinProfile() : RelayContract("juxin", "juxin-unified");

public sealed class YunwuProfile() : RelayContract("yunwu", "yunwu");

public sealed class T8starProfile() : RelayContract("t8star", "t8star");

public sealed class NewApiProfile() : RelayContract("new-api", "new-api-neutral");

/// <summary>Providers of profiles.</summary>
internal static class RelayScene
{
    public static IMediaProvider Connect(string profile, Uri at, string? key, Dictionary<string, string> extra, TimeProvider? clock = null)
    {
        var module = new RelayModule();
        var settings = new ProviderSettings
        {
            Name = "lab",
            Kind = module.Kind,
            BaseUrl = at,
            ApiKey = key,
            Models = ["sora-2", "sora-2-pro"],
            Extra = new Dictionary<string, string>(extra) { ["Profile"] = profile, ["TimeoutSeconds"] = "1" },
        };
        module.Check(settings).ShouldBeEmpty();
        return module.Create(settings, clock is null ? NoServices.Instance : new ClockAlone(clock));
    }
}
