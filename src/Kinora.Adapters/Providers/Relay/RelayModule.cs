using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>A unified gateway whose profile the operator names or brings. On only by configuration.</summary>
internal sealed class RelayModule() : ProfiledModule("relay", null, ProviderEnvironment.None);

/// <summary>Juxin: the relay that its key alone switches on.</summary>
internal sealed class JuxinModule() : ProfiledModule(
    "juxin", "juxin", new ProviderEnvironment(["JUXIN_API_KEY"], ["JUXIN_API_BASE_URL"]) { KeyPage = "https://api.jxincm.cn" });

/// <summary>A module whose provider is told by a profile.</summary>
/// <param name="profile">The profile where the settings name none; null: they must.</param>
internal abstract class ProfiledModule(string kind, string? profile, ProviderEnvironment environment) : IProviderModule
{
    public string Kind => kind;

    public ProviderEnvironment Environment => environment;

    public IReadOnlyList<string> Check(ProviderSettings settings)
    {
        var faults = new List<string>();
        if (RelayProfiles.Of(settings, profile, afresh: true, faults) is not { } found)
        {
            return faults;
        }

        faults.AddRange(TaskSite.Faults(settings, VendorOf(found)));
        faults.AddRange(RelaySettings.Faults(settings, found));
        if (settings.BaseUrl is null && found.BaseUrl is null)
        {
            faults.Add($"Providers:{settings.Name}:BaseUrl is missing: this profile is of software that many run.");
        }

        if (settings.Models.Count == 0 && found.Models.Count == 0)
        {
            faults.Add($"Providers:{settings.Name}:Models is missing: this profile knows no models; name those that your key may use.");
        }

        return faults;
    }

    public IMediaProvider Create(ProviderSettings settings, IServiceProvider services)
    {
        var found = RelayProfiles.Of(settings, profile, afresh: false, []) ?? throw new InvalidOperationException("The settings were not checked.");
        return new RelayProvider(
            TaskSite.Read(settings, VendorOf(found)),
            found,
            settings.Apply(new ProviderTraits { MinPoll = found.MinPoll }),
            (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System);
    }

    private Vendor VendorOf(RelayProfile found) => new(kind, found.BaseUrl ?? "")
    {
        KeyNames = environment.ApiKey,
        KeyPage = found.KeyPage,
        Settings = [.. found.Settings.Keys, "Profile", "ProfileFile"],
    };
}
