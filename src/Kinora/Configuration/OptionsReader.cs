using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Kinora.Configuration;

/// <summary>
/// Reads an options record from its section: property by property, with the ranges of their attributes. Faults are gathered, not thrown, so that all
/// faults of a configuration are told at once; each names its setting. An unknown setting is a fault too: it is most likely a typing error.
/// </summary>
public static class OptionsReader
{
    public static T Read<T>(IConfiguration configuration, string section, ICollection<string> faults)
        where T : new()
    {
        var options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        foreach (var setting in configuration.GetSection(section).GetChildren())
        {
            var property = properties.Find(p => string.Equals(p.Name, setting.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                faults.Add($"{setting.Path}: there is no such setting. {section} knows {string.Join(", ", properties.Select(p => p.Name))}.");
            }
            else if (Convert(setting, property, faults) is { } value)
            {
                property.SetValue(options, value);
            }
        }

        return options;
    }

    private static object? Convert(IConfigurationSection setting, PropertyInfo property, ICollection<string> faults)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(IReadOnlyDictionary<string, string?>))
        {
            return setting.GetChildren().ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        }

        if (setting.Value is not { } text)
        {
            faults.Add($"{setting.Path}: a single value is expected.");
            return null;
        }

        object? value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var i) ? i : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? d : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var b) ? b : null,
            _ => throw new NotSupportedException($"Settings of type {type.Name} are not read."),
        };
        if (value is null)
        {
            faults.Add($"{setting.Path}: {Expected(type)} is expected, not \"{text}\".");
        }
        else if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{setting.Path}: {range.Minimum} to {range.Maximum} is allowed, not {text}."));
            value = null;
        }

        return value;
    }

    private static string Expected(Type type) =>
        type == typeof(int) ? "a whole number" : type == typeof(double) ? "a number" : "true or false";
}
