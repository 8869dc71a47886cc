using System.Globalization;
using System.Reflection;
using Kinora.Adapters.Fetch;
using Kinora.Providers;
using Microsoft.Extensions.Configuration;

namespace Kinora.Adapters.Providers;

/// <summary>
/// Decides which providers are on: one for every module whose vendor's environment variable is set, and one for every section <c>Providers:&lt;name&gt;</c>.
/// </summary>
internal sealed class ProviderConfiguration(IConfiguration configuration, IReadOnlyDictionary<string, string> environment)
{
    private const string Section = "Providers";

    private static readonly string[] Known =
        ["Kind", "BaseUrl", "ApiKey", "Dialect", "Models", "MaxConcurrent", "MinPollSeconds", "SubmitTimeoutSeconds", "DeadlineMinutes", "Enabled"];

    /// <summary>The modules of this assembly, by kind.</summary>
    public static IReadOnlyDictionary<string, IProviderModule> Modules { get; } = Assembly.GetExecutingAssembly().GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IProviderModule)))
        .Select(t => (IProviderModule)Activator.CreateInstance(t)!)
        .OrderBy(m => m.Environment.AlwaysOn).ThenBy(m => m.Kind, StringComparer.Ordinal)
        .ToDictionary(m => m.Kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>Settings of every provider that is on, configured ones first, the built-in one last. Faults name their setting.</summary>
    public IReadOnlyList<(IProviderModule Module, ProviderSettings Settings)> Read(ICollection<string> faults)
    {
        var sections = configuration.GetSection(Section).GetChildren().ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        var names = sections.Keys
            .Concat(Modules.Values.Where(m => IsOnByEnvironment(m) && !sections.ContainsKey(m.Kind)).Select(m => m.Kind))
            .ToList();
        var found = new List<(IProviderModule, ProviderSettings)>();
        foreach (var name in names)
        {
            if (ReadOne(name, sections.GetValueOrDefault(name), faults) is { } provider)
            {
                found.Add(provider);
            }
        }

        return found.OrderBy(p => p.Item1.Environment.AlwaysOn).ToList();
    }

    /// <summary>The kinds of which no provider is on.</summary>
    public static IEnumerable<ProviderHint> Off(IReadOnlyList<ProviderSettings> on) => Modules.Values
        .Where(module => !on.Any(settings => settings.Name.Equals(module.Kind, StringComparison.OrdinalIgnoreCase)))
        .Select(module => new ProviderHint(module.Kind, module.Environment.ApiKey, module.Environment.KeyPage));

    private (IProviderModule, ProviderSettings)? ReadOne(string name, IConfigurationSection? section, ICollection<string> faults)
    {
        if (bool.TryParse(section?["Enabled"], out var enabled) && !enabled)
        {
            return null;
        }

        var path = $"{Section}:{name}";
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            faults.Add($"{path}: a provider's name holds letters, digits, - and _ only.");
            return null;
        }

        var kind = section?["Kind"] ?? name;
        if (!Modules.TryGetValue(kind, out var module))
        {
            faults.Add($"{path}:Kind: there is no kind of provider \"{kind}\". Known kinds: {string.Join(", ", Modules.Keys)}.");
            return null;
        }

        // The vendor's own key is for the vendor: an address of the operator's under another name brings its own, or none.
        var isVendors = section?["BaseUrl"] is null || name.Equals(module.Kind, StringComparison.OrdinalIgnoreCase);
        var settings = new ProviderSettings
        {
            Name = name,
            Kind = module.Kind,
            BaseUrl = BaseUrl(section?["BaseUrl"] ?? FromEnvironment(module.Environment.BaseUrl), path, faults),
            ApiKey = section?["ApiKey"] ?? (isVendors ? FromEnvironment(module.Environment.ApiKey) : null),
            Dialect = section?["Dialect"],
            Models = Models(section?.GetSection("Models")),
            MaxConcurrent = (int?)Number(section, "MaxConcurrent", 1, 10_000, faults),
            MinPollSeconds = Number(section, "MinPollSeconds", 0, 3_600, faults),
            SubmitTimeoutSeconds = Number(section, "SubmitTimeoutSeconds", 1, 3_600, faults),
            DeadlineMinutes = Number(section, "DeadlineMinutes", 0.01, 10_000, faults),
            Extra = section?.GetChildren().Where(c => !Known.Contains(c.Key, StringComparer.OrdinalIgnoreCase) && c.Value is not null)
                .ToDictionary(c => c.Key, c => c.Value!, StringComparer.OrdinalIgnoreCase) ?? [],
        };
        foreach (var fault in module.Check(settings))
        {
            faults.Add(fault);
        }

        return (module, settings);
    }

    private bool IsOnByEnvironment(IProviderModule module) => module.Environment.AlwaysOn || FromEnvironment(module.Environment.ApiKey) is not null;

    private string? FromEnvironment(IReadOnlyList<string> names) =>
        names.Select(n => environment.GetValueOrDefault(n)).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    private static Uri? BaseUrl(string? text, string path, ICollection<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && AsciiHost.Of(url) is not null)
        {
            return url;
        }

        faults.Add($"{path}:BaseUrl: an http or https address without user name is expected.");
        return null;
    }

    private static List<string> Models(IConfigurationSection? section)
    {
        var list = section?.GetChildren().Select(c => c.Value).Concat(section.Value?.Split(',') ?? []) ?? [];
        return list.Where(m => !string.IsNullOrWhiteSpace(m)).Select(m => m!.Trim()).ToList();
    }

    private static double? Number(IConfigurationSection? section, string key, double min, double max, ICollection<string> faults)
    {
        if (section?[key] is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{key}: {min} to {max} is allowed, not \"{text}\"."));
        return null;
    }
}
